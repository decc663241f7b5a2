import { describe, expect, it } from 'vitest';
import { disturbanceAt } from './disturbance.ts';

describe('the disturbances of the demo', () => {
  it('come one at a time, with calm before, between and after them, and again', () => {
    const told = Array.from({ length: 176 }, (_, second) => disturbanceAt(second));
    const changes = told
      .filter(({ text }, second) => text !== told[second - 1]?.text)
      .map(({ text }) => text);
    const [, slow, , narrow] = changes;
    expect(changes).toEqual(['', slow, '', narrow, '', slow, '', narrow, '']);
    expect(slow).not.toBe(narrow);
    for (const { slowdown, bytesPerSecond } of told)
      expect(slowdown > 1 && bytesPerSecond < Infinity).toBe(false);
  });
});
