import { checkPolygon } from '@framegate/motion-detection';

type Point = readonly [x: number, y: number];

/** What is wrong with a polygon in fractions (0..1) of the picture, and what to do; undefined when it is simple. */
export function describePolygonMistake(polygon: readonly Point[]): string | undefined {
  const outside = polygon.findIndex((point) => point.some((value) => !(value >= 0 && value <= 1)));
  if (outside >= 0) {
    const point = `point ${outside + 1} [${polygon[outside]?.join(', ')}]`;
    return `${point} is outside the picture: coordinates are fractions from 0 to 1, so divide pixels by the picture's width and height`;
  }
  const twice = polygon.findIndex(
    (point, i) => polygon.length > 1 && samePoint(point, polygon[(i + 1) % polygon.length]),
  );
  if (twice >= 0) {
    return `points ${twice + 1} and ${((twice + 1) % polygon.length) + 1} are the same: leave one out (the polygon closes by itself)`;
  }
  const mistake = checkPolygon(polygon, 1, 1);
  return mistake === null ? undefined : `${mistake} (list its corners in order along its outline)`;
}

function samePoint(p: Point, q: Point | undefined): boolean {
  return p[0] === q?.[0] && p[1] === q[1];
}
