import { describe, expect, it } from 'vitest';
import type { Change } from './reason.ts';
import { moveReason } from './reason.ts';

const narrow = { p95Ms: 812.4, objectiveMs: 500, at: 'north', cause: 'the uplink is narrow' };

function change(cameraIds: readonly string[], from: number, to: number, model = 'a'): Change {
  const rung = { width: 1280, quality: 80, motionSensitivity: 50, model };
  return { cameraIds, from: { ...rung, framesPerSecond: from }, to: { ...rung, framesPerSecond: to } };
}

describe('the reason of a move', () => {
  it('says how late results are, where and why, and what changes', () => {
    expect(moveReason(narrow, [change(['north/door'], 10, 5)])).toBe(
      'p95 812 ms of 500 ms at north: the uplink is narrow, so north/door goes from 10 to 5 frames/s',
    );
  });

  it('tells cameras of several models together where they change alike', () => {
    const changes = [change(['north/a', 'north/b'], 10, 5), change(['north/c'], 10, 5, 'b')];
    expect(moveReason(narrow, changes)).toMatch(/so 3 cameras go from 10 to 5 frames\/s$/);
  });

  it('counts what would make the sentence too long', () => {
    const changes = [1, 2, 3, 4, 5].map((to) => change([`north/${to}`], 10, to));
    expect(moveReason(narrow, changes)).toMatch(/, and 2 more in other ways$/);
  });
});
