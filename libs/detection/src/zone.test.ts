import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Point } from './zone.ts';
import { boxInZone, pointInPolygon } from './zone.ts';

const square: Point[] = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
];
/** A U, open at the top. */
const concave: Point[] = [
  [0, 0],
  [3, 0],
  [3, 6],
  [7, 6],
  [7, 0],
  [10, 0],
  [10, 10],
  [0, 10],
];
const coordinate = fc.double({ min: -20, max: 30, noNaN: true });

describe('a zone', () => {
  it('holds the points inside its outline only', () => {
    expect(pointInPolygon([5, 5], square)).toBe(true);
    expect(pointInPolygon([15, 5], square)).toBe(false);
    expect(pointInPolygon([5, 3], concave)).toBe(false);
    expect(pointInPolygon([5, 8], concave)).toBe(true);
  });

  it('holds an object whose feet are in it, wherever its head is', () => {
    expect(boxInZone([4, -20, 2, 25], square)).toBe(true);
    expect(boxInZone([4, 5, 2, 25], square)).toBe(false);
  });

  it('holds nothing when it has no area', () => {
    expect(pointInPolygon([0, 0], [])).toBe(false);
    expect(pointInPolygon([0, 0], [[0, 0]])).toBe(false);
  });

  it('is the same wherever its outline starts and whichever way it runs', () => {
    fc.assert(
      fc.property(coordinate, coordinate, fc.nat(7), (x, y, start) => {
        const turned = [...concave.slice(start), ...concave.slice(0, start)];
        expect(pointInPolygon([x, y], turned)).toBe(pointInPolygon([x, y], concave));
        expect(pointInPolygon([x, y], turned.toReversed())).toBe(pointInPolygon([x, y], concave));
      }),
    );
  });

  it('agrees with plain bounds where it is a rectangle', () => {
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        expect(pointInPolygon([x, y], square)).toBe(x >= 0 && x < 10 && y >= 0 && y < 10);
      }),
    );
  });

  it('never shares a point with its neighbour, and leaves no gap', () => {
    const neighbour = square.map(([x, y]): Point => [x + 10, y]);
    fc.assert(
      fc.property(fc.constantFrom(9.5, 10, 10.5), fc.double({ min: 0, max: 9.9, noNaN: true }), (x, y) => {
        const owners = [square, neighbour].filter((zone) => pointInPolygon([x, y], zone));
        expect(owners).toHaveLength(1);
      }),
    );
  });
});
