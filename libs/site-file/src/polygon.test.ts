import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describePolygonMistake } from './polygon.ts';

/** Corners around a centre by growing angle: a star-shaped polygon, which never crosses itself. */
const simplePolygons = fc
  .array(fc.double({ min: 0.1, max: 0.45, noNaN: true }), { minLength: 3, maxLength: 12 })
  .map((radii) =>
    radii.map((radius, i): [number, number] => {
      const angle = (2 * Math.PI * i) / radii.length;
      return [0.5 + radius * Math.cos(angle), 0.5 + radius * Math.sin(angle)];
    }),
  );

describe('checking a polygon', () => {
  it('accepts every simple one, in either direction and from any corner on', () => {
    fc.assert(
      fc.property(simplePolygons, fc.nat(11), (polygon, start) => {
        const turned = [
          ...polygon.slice(start % polygon.length),
          ...polygon.slice(0, start % polygon.length),
        ];
        expect(describePolygonMistake(turned)).toBeUndefined();
        expect(describePolygonMistake(turned.toReversed())).toBeUndefined();
      }),
    );
  });

  it('refuses a square with two corners in the wrong order', () => {
    // prettier-ignore
    const crossed: [number, number][] = [[0.1, 0.1], [0.9, 0.9], [0.9, 0.1], [0.1, 0.9]];
    expect(describePolygonMistake(crossed)).toContain(
      'crosses itself: sides 1 and 3 meet (list its corners in order',
    );
  });

  // prettier-ignore
  it.each([
    ['too few corners', [[0, 0], [1, 1]], 'has 2 points'],
    ['pixels instead of fractions', [[0, 0], [640, 0], [640, 480]], 'point 2 [640, 0] is outside the picture'],
    ['a negative coordinate', [[0, 0], [1, 0], [1, -0.1]], 'point 3'],
    ['a corner given twice in a row', [[0, 0], [1, 0], [1, 0], [1, 1]], 'points 2 and 3 are the same'],
    ['a first corner repeated at the end', [[0, 0], [1, 0], [1, 1], [0, 0]], 'points 4 and 1 are the same'],
    ['all corners on one line', [[0, 0], [0.5, 0.5], [1, 1]], 'crosses itself'],
    ['a spike', [[0, 0], [1, 0], [0.5, 0], [0.5, 1]], 'crosses itself'],
    ['a corner that touches another edge', [[0, 0], [1, 0], [1, 1], [0.5, 0], [0, 1]], 'crosses itself'],
  ] satisfies [string, [number, number][], string][])('refuses %s', (_what, polygon, message) => {
    expect(describePolygonMistake(polygon)).toContain(message);
  });
});
