import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Polygon } from './polygon.ts';
import { checkPolygon, rasterisePolygon } from './polygon.ts';

const grid = { columns: 10, rows: 6, cellPx: 10 };

describe('a polygon', () => {
  const complaints: [string, Polygon, RegExp][] = [
    ['of two points', [[0, 0], [9, 9]], /2 points, needs at least 3/],
    ['that leaves the picture', [[0, 0], [101, 0], [50, 50]], /\(101, 0\) outside of the 100x60/],
    ['with a point that is no number', [[0, 0], [NaN, 0], [50, 50]], /outside/],
    ['like a bow tie', [[0, 0], [50, 50], [50, 0], [0, 50]], /crosses itself: sides 1 and 3/],
    ['that touches its own side', [[0, 0], [60, 0], [60, 40], [30, 0], [0, 40]], /crosses itself/],
    ['that runs back over itself', [[0, 0], [60, 0], [30, 0], [30, 40]], /crosses itself/],
    ['on a line', [[0, 0], [10, 10], [20, 20]], /crosses itself|encloses nothing/],
  ]; // prettier-ignore
  test.each(complaints)('%s is refused', (_, polygon, complaint) => {
    expect(checkPolygon(polygon, 100, 60)).toMatch(complaint);
  });

  test('that is sound passes, concave and along the edges too', () => {
    expect(checkPolygon([[0, 0], [100, 0], [100, 60], [50, 30], [0, 60]], 100, 60)).toBeNull(); // prettier-ignore
  });

  test('whatever convex shape it has, passes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 12 }),
        fc.double({ min: 0, max: 6, noNaN: true }),
        (corners, phase) => {
          const polygon = Array.from({ length: corners }, (_, index) => {
            const angle = phase + (2 * Math.PI * index) / corners;
            return [50 + 30 * Math.cos(angle), 30 + 20 * Math.sin(angle)] as const;
          });
          expect(checkPolygon(polygon, 100, 60)).toBeNull();
        },
      ),
    );
  });
});

describe('a rasterised polygon', () => {
  const cellsOf = (polygon: Polygon) => {
    const mask = new Uint8Array(grid.columns * grid.rows);
    rasterisePolygon(polygon, grid, mask);
    return mask;
  };

  test('covers the cells whose centre it contains', () => {
    const mask = cellsOf([[10, 10], [30, 10], [30, 40], [10, 40]]); // prettier-ignore
    const covered = [...mask.keys()].filter((cell) => mask[cell] === 1);
    expect(covered).toEqual([11, 12, 21, 22, 31, 32]);
  });

  test('leaves out its notch', () => {
    const mask = cellsOf([[0, 0], [100, 0], [100, 60], [50, 10], [0, 60]]); // prettier-ignore
    expect([mask[3 * 10 + 0], mask[3 * 10 + 5], mask[3 * 10 + 9]]).toEqual([1, 0, 1]);
  });
});
