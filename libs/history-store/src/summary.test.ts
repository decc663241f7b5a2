import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSummaries, summarize, summaryQuantile } from './summary.ts';

const value = fc.double({ min: 0.01, max: 1e6, noNaN: true });

describe('a summary', () => {
  it('is the same whether its values came at once or in parts', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 2 }), fc.nat(), (values, at) => {
        const cut = 1 + (at % (values.length - 1));
        const whole = summarize(values);
        const added = addSummaries([summarize(values.slice(0, cut)), summarize(values.slice(cut))]);
        expect(added).toMatchObject({ count: whole.count, min: whole.min, max: whole.max, last: whole.last });
        expect(added.sum).toBeCloseTo(whole.sum, 3);
        for (const q of [0, 0.5, 0.95, 1]) expect(summaryQuantile(added, q)).toBe(summaryQuantile(whole, q));
      }),
    );
  });

  it('tells quantiles within 1 %', () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (values, q) => {
          const sorted = values.toSorted((a, b) => a - b);
          const exact = sorted[Math.ceil(q * sorted.length) - 1]!;
          expect(Math.abs(summaryQuantile(summarize(values), q) / exact - 1)).toBeLessThan(0.0102);
        },
      ),
    );
  });

  it('has no quantiles where nobody asked for them', () => {
    const summary = summarize([1, 2, 6], { quantiles: false });
    expect(summary).toEqual({ count: 3, sum: 9, min: 1, max: 6, last: 6, buckets: [] });
    expect(summaryQuantile(summary, 0.5)).toBeNaN();
  });
});
