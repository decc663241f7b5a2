import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growthOf } from './growth.ts';

describe('growthOf', () => {
  it('finds the line that costs lie on', () => {
    const drawn = fc.tuple(
      fc.double({ min: 0, max: 100, noNaN: true }),
      fc.double({ min: 0, max: 10, noNaN: true }),
    );
    fc.assert(
      fc.property(drawn, ([fixed, perUnit]) => {
        const found = growthOf([1, 10, 100, 1000].map((size) => [size, fixed + perUnit * size]));
        expect(found.fixed).toBeCloseTo(fixed, 6);
        expect(found.perUnit).toBeCloseTo(perUnit, 8);
      }),
    );
  });

  it('is between costs that scatter about it', () => {
    expect(growthOf([[0, 1], [0, 3], [10, 11], [10, 13]])).toEqual({ fixed: 2, perUnit: 1 }); // prettier-ignore
  });

  it('is not a number of a single size', () => {
    expect(growthOf([[5, 1]]).perUnit).toBeNaN();
  });
});
