import { describe, expect, it } from 'vitest';
import type { BurnCounts } from './burn-rate.ts';
import { burnRates, countSecond, noBurn, stateOf } from './burn-rate.ts';

const promise = { target: 0.95, windowSeconds: 60 };

function count(from: BurnCounts, seconds: number, good: number, bad: number): BurnCounts {
  let counts = from;
  for (let second = 0; second < seconds; second++)
    counts = countSecond(counts, good, bad, promise.windowSeconds);
  return counts;
}

const ratesOf = (counts: BurnCounts) => burnRates(counts, promise, Infinity);

describe('the burn rate of an error budget', () => {
  it('takes no more of the budget than was late in the window, wherever in it that was', () => {
    // 24 of 600 frames are late: 4 %, where 5 % are allowed.
    for (const rates of [
      ratesOf(count(count(noBurn, 48, 10, 0), 12, 8, 2)),
      ratesOf(count(count(noBurn, 12, 8, 2), 48, 10, 0)),
    ]) {
      expect(rates.long).toBeCloseTo(24 / 600 / 0.05);
      expect(stateOf(rates)).toBe('kept');
    }
  });

  it('judges a short burst after the start as it would an hour later', () => {
    // 8.3 % of what there was so far is late, and 3.3 % of what the window will hold.
    const rates = ratesOf(count(count(noBurn, 14, 10, 0), 10, 8, 2));
    expect(rates.long).toBeCloseTo(20 / 600 / 0.05);
    expect(stateOf(rates)).toBe('kept');
  });

  it('tells of a promise that is broken from the start within seconds', () => {
    expect(stateOf(ratesOf(count(noBurn, 4, 0, 10)))).toBe('violated');
  });

  it('has forgotten all that is older than the window', () => {
    expect(ratesOf(count(count(noBurn, 30, 0, 10), 60, 10, 0)).long).toBe(0);
  });

  it('goes on from counts that an older version stored', () => {
    const old = { short: [10, 0, 10, 0], longGood: 20, longBad: 0 };
    expect(ratesOf(count(old, 5, 0, 10)).long).toBeGreaterThan(1);
  });
});
