import type { Grid } from './grid.ts';

/** Source pixels. */
export type Point = readonly [x: number, y: number];
/** Corners in order; the last is joined to the first. */
export type Polygon = readonly Point[];

/** What is wrong with a polygon for a picture of this size, as a sentence without a subject; null if nothing. */
export function checkPolygon(polygon: Polygon, width: number, height: number): string | null {
  if (polygon.length < 3) return `has ${polygon.length} points, needs at least 3`;
  for (const [x, y] of polygon)
    if (!(x >= 0 && x <= width && y >= 0 && y <= height))
      return `has the point (${x}, ${y}) outside of the ${width}x${height} picture`;
  for (let first = 0; first < polygon.length; first++)
    for (let second = first + 1; second < polygon.length; second++)
      if (edgesConflict(polygon, first, second))
        return `crosses itself: sides ${first + 1} and ${second + 1} meet`;
  return area(polygon) === 0 ? 'encloses nothing: all its points lie on a line' : null;
}

/** Sets the cells whose centre lies inside (even-odd rule) to 1; leaves the others as they are. */
export function rasterisePolygon(polygon: Polygon, grid: Grid, into: Uint8Array): void {
  for (let row = 0; row < grid.rows; row++)
    for (let column = 0; column < grid.columns; column++)
      if (contains(polygon, (column + 0.5) * grid.cellPx, (row + 0.5) * grid.cellPx))
        into[row * grid.columns + column] = 1;
}

function contains(polygon: Polygon, x: number, y: number): boolean {
  let inside = false;
  for (let index = 0; index < polygon.length; index++) {
    const [x1, y1] = corner(polygon, index);
    const [x2, y2] = corner(polygon, index + 1);
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  }
  return inside;
}

function corner(polygon: Polygon, index: number): Point {
  return polygon[index % polygon.length] ?? [0, 0];
}

function edgesConflict(polygon: Polygon, first: number, second: number): boolean {
  const [a, b] = [corner(polygon, first), corner(polygon, first + 1)];
  const [c, d] = [corner(polygon, second), corner(polygon, second + 1)];
  // Neighbours share one corner: they conflict only when one runs back over the other.
  if (second === first + 1) return turn(a, b, d) === 0 && runsBack(a, b, d);
  if (first === 0 && second === polygon.length - 1) return turn(c, a, b) === 0 && runsBack(c, a, b);
  return segmentsMeet(a, b, c, d);
}

/** Twice the signed area of the triangle. */
function turn([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
}

function runsBack([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): boolean {
  return (bx - ax) * (cx - bx) + (by - ay) * (cy - by) < 0;
}

function segmentsMeet(a: Point, b: Point, c: Point, d: Point): boolean {
  const [abc, abd, cda, cdb] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (abc * abd < 0 && cda * cdb < 0) return true;
  return (
    (abc === 0 && within(a, b, c)) ||
    (abd === 0 && within(a, b, d)) ||
    (cda === 0 && within(c, d, a)) ||
    (cdb === 0 && within(c, d, b))
  );
}

function within([ax, ay]: Point, [bx, by]: Point, [x, y]: Point): boolean {
  return x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by);
}

function area(polygon: Polygon): number {
  let doubled = 0;
  for (let index = 0; index < polygon.length; index++)
    doubled += turn([0, 0], corner(polygon, index), corner(polygon, index + 1));
  return Math.abs(doubled) / 2;
}
