import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abortableDelay, backOffMs } from './back-off.ts';

describe('backing off', () => {
  it('doubles its bound with each attempt up to the largest', () => {
    const bounds = [0, 1, 2, 3, 4, 5000].map((attempt) =>
      backOffMs(attempt, { initialMs: 100, maxMs: 1000, random: () => 1 }),
    );
    expect(bounds).toEqual([100, 200, 400, 800, 1000, 1000]);
  });

  it('spreads evenly below the bound', () => {
    fc.assert(
      fc.property(
        fc.nat(100),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, share) => {
          const bound = backOffMs(attempt, { initialMs: 50, maxMs: 30_000, random: () => 1 });
          expect(backOffMs(attempt, { initialMs: 50, maxMs: 30_000, random: () => share })).toBeCloseTo(
            share * bound,
          );
        },
      ),
    );
  });
});

describe('a delay', () => {
  it('returns true when it has passed and false when it is aborted, before or during', async () => {
    expect(await abortableDelay(1)).toBe(true);
    expect(await abortableDelay(60_000, AbortSignal.abort())).toBe(false);
    const controller = new AbortController();
    const waiting = abortableDelay(60_000, controller.signal);
    controller.abort();
    expect(await waiting).toBe(false);
  });
});
