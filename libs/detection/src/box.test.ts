import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box } from './box.ts';
import { boxArea, clipBox, intersection, intersectionOverUnion } from './box.ts';

const coordinate = fc.double({ min: -1000, max: 3000, noNaN: true });
const length = fc.double({ min: 0.01, max: 2000, noNaN: true });
const box: fc.Arbitrary<Box> = fc.tuple(coordinate, coordinate, length, length);

describe('boxes', () => {
  it('overlap by what they share of what they cover together', () => {
    expect(intersectionOverUnion([0, 0, 10, 10], [5, 0, 10, 10])).toBeCloseTo(50 / 150);
    expect(intersection([0, 0, 10, 10], [5, 2, 10, 10])).toEqual([5, 2, 5, 8]);
  });

  it('that only touch share nothing', () => {
    expect(intersection([0, 0, 10, 10], [10, 0, 10, 10])).toBeUndefined();
    expect(intersectionOverUnion([0, 0, 10, 10], [10, 0, 10, 10])).toBe(0);
  });

  it('overlap themselves fully and each other symmetrically, between 0 and 1', () => {
    fc.assert(
      fc.property(box, box, (a, b) => {
        expect(intersectionOverUnion(a, a)).toBeCloseTo(1);
        expect(intersectionOverUnion(a, b)).toBe(intersectionOverUnion(b, a));
        expect(intersectionOverUnion(a, b)).toBeGreaterThanOrEqual(0);
        expect(intersectionOverUnion(a, b)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('share no more than the smaller of them', () => {
    fc.assert(
      fc.property(box, box, (a, b) => {
        const shared = intersection(a, b);
        fc.pre(shared !== undefined);
        expect(boxArea(shared)).toBeLessThanOrEqual(Math.min(boxArea(a), boxArea(b)) * (1 + 1e-9));
      }),
    );
  });

  it('lie inside the image once clipped, and stay as they are when clipped again', () => {
    fc.assert(
      fc.property(box, (a) => {
        const clipped = clipBox(a, 640, 480);
        fc.pre(clipped !== undefined);
        const [x, y, width, height] = clipped;
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(640 + 1e-9);
        expect(y + height).toBeLessThanOrEqual(480 + 1e-9);
        expect(clipBox(clipped, 640, 480)?.map((value) => value.toFixed(6))).toEqual(
          clipped.map((value) => value.toFixed(6)),
        );
      }),
    );
  });
});
