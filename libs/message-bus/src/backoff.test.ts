import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

describe('backoffMs', () => {
  it('doubles from the initial delay up to the longest, of which at most half is random', () => {
    const range = { initialMs: 100, maxMs: 1000 };
    expect([1, 2, 3, 4, 5, 99].map((attempt) => backoffMs(attempt, range, 0))).toEqual([
      50, 100, 200, 400, 500, 500,
    ]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, random) => {
          const least = backoffMs(attempt, range, 0);
          const delayMs = backoffMs(attempt, range, random);
          expect(delayMs >= least && delayMs <= Math.min(range.maxMs, 2 * least)).toBe(true);
        },
      ),
    );
  });
});
