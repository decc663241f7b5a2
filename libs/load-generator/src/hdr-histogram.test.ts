import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHdrHistogram } from './hdr-histogram.ts';

const values = fc.array(fc.integer({ min: 0, max: 1e11 }), { minLength: 1, maxLength: 300 });

describe('the histogram', () => {
  it('knows every quantile to 0.8 % of the value that stands there', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (recorded, share) => {
        const histogram = createHdrHistogram();
        for (const value of recorded) histogram.record(value);
        const exact = recorded.toSorted((a, b) => a - b)[
          Math.max(1, Math.ceil(share * recorded.length)) - 1
        ]!;
        expect(Math.abs(histogram.quantile(share) - exact)).toBeLessThanOrEqual(0.008 * exact + 0.5);
        expect(histogram.max).toBe(Math.max(...recorded));
        expect(histogram.count).toBe(recorded.length);
      }),
    );
  });

  it('adds up what several processes counted as if one had counted all', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [one, other, all] = [createHdrHistogram(), createHdrHistogram(), createHdrHistogram()];
        for (const value of a) one.record(value);
        for (const value of b) other.record(value);
        for (const value of [...a, ...b]) all.record(value);
        one.merge(JSON.parse(JSON.stringify(other.counts())));
        expect(one.counts().buckets).toEqual(all.counts().buckets);
        expect([one.count, one.max]).toEqual([all.count, all.max]);
      }),
    );
  });

  it('knows nothing of nothing', () => {
    expect(createHdrHistogram().quantile(0.5)).toBeNaN();
  });
});
