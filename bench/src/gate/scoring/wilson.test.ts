import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilsonShare } from './wilson.ts';

describe('wilsonShare', () => {
  it('gives the interval of the textbooks', () => {
    // Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263 and 15 of 148.
    const { low, high } = wilsonShare(81, 263);
    expect([low, high].map((bound) => bound.toFixed(4))).toEqual(['0.2553', '0.3662']);
    const other = wilsonShare(15, 148);
    expect([other.low, other.high].map((bound) => bound.toFixed(4))).toEqual(['0.0624', '0.1605']);
  });

  it('contains its share and stays between 0 and 1', () => {
    const counts = fc.nat(2000).chain((count) => fc.tuple(fc.nat(count), fc.constant(count + 1)));
    fc.assert(
      fc.property(counts, ([hits, count]) => {
        const { share, low, high } = wilsonShare(hits, count);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(share).toBeGreaterThanOrEqual(low);
        expect(share).toBeLessThanOrEqual(high);
      }),
    );
  });

  it('knows nothing where nothing was counted', () => {
    expect(wilsonShare(0, 0)).toEqual({ hits: 0, count: 0, share: null, low: 0, high: 1 });
  });
});
