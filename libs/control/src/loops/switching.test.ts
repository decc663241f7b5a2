import { describe, expect, it } from 'vitest';
import { maySwitchUp, waysDown } from './switching.ts';

const switches = (count: number) => Array.from({ length: count }, (_, i) => i * 1e6);

describe('switching', () => {
  it('leaves room for the way down, and sends the last switch of a minute to the floor', () => {
    expect(maySwitchUp(switches(3), 10e6, 0.01)).toBe(true);
    expect(maySwitchUp(switches(4), 10e6, 0.01)).toBe(false);
    expect([4, 5, 6].map((count) => waysDown(switches(count), 10e6))).toEqual(['any', 'floor', 'none']);
    expect(waysDown(switches(6), 70e6)).toBe('any');
  });

  it('lets a camera that stands far below what it may have up once more', () => {
    expect(maySwitchUp(switches(4), 10e6, 0.2)).toBe(true);
    expect(maySwitchUp(switches(5), 10e6, 0.2)).toBe(false);
  });
});
