import type { Box } from './box.ts';

export type Point = readonly [x: number, y: number];

/**
 * Whether a point lies inside a polygon (even-odd rule, so a self-crossing outline has holes).
 * Of the outline itself only some edges count as inside: neighbouring zones never both claim a point.
 * Source: Franklin's PNPOLY (W. R. Franklin, "Point Inclusion in Polygon Test").
 */
export function pointInPolygon([x, y]: Point, polygon: readonly Point[]): boolean {
  let inside = false;
  let previous = polygon.at(-1);
  for (const corner of polygon) {
    if (previous !== undefined && crossesRayToTheRight(previous, corner, x, y)) inside = !inside;
    previous = corner;
  }
  return inside;
}

/** Whether an object stands in a zone: its feet are where the box's bottom has its centre. */
export function boxInZone([x, y, width, height]: Box, zone: readonly Point[]): boolean {
  return pointInPolygon([x + width / 2, y + height], zone);
}

function crossesRayToTheRight([ax, ay]: Point, [bx, by]: Point, x: number, y: number): boolean {
  if (ay > y === by > y) return false;
  return x < ax + ((bx - ax) * (y - ay)) / (by - ay);
}
