type Point = readonly [x: number, y: number];

/** What is wrong with a polygon in fractions (0..1) of the picture, and what to do; undefined when it is simple. */
export function checkPolygon(polygon: readonly Point[]): string | undefined {
  const outside = polygon.findIndex((point) => point.some((value) => !(value >= 0 && value <= 1)));
  if (outside >= 0) {
    const point = `point ${outside + 1} [${polygon[outside]?.join(', ')}]`;
    return `${point} is outside the picture: coordinates are fractions from 0 to 1, so divide pixels by the picture's width and height`;
  }
  if (polygon.length < 3) return `has ${polygon.length} points: a polygon needs at least 3`;
  const twice = polygon.findIndex((point, i) => samePoint(point, at(polygon, i + 1)));
  if (twice >= 0) {
    return `points ${twice + 1} and ${((twice + 1) % polygon.length) + 1} are the same: leave one out (the polygon closes by itself)`;
  }
  return describeCrossing(polygon);
}

function describeCrossing(polygon: readonly Point[]): string | undefined {
  for (let i = 0; i < polygon.length; i++) {
    for (let j = i + 1; j < polygon.length; j++) {
      if (edgesMeet(polygon, i, j)) {
        return `crosses or touches itself (edge ${i + 1} and edge ${j + 1}): list its corners in order along its outline`;
      }
    }
  }
  return undefined;
}

/** Whether two edges share more than the corner that neighbours have in common. */
function edgesMeet(polygon: readonly Point[], i: number, j: number): boolean {
  const [a, b, c, d] = [at(polygon, i), at(polygon, i + 1), at(polygon, j), at(polygon, j + 1)];
  if (samePoint(b, c)) return onSegment(d, a, b) || onSegment(a, c, d);
  if (samePoint(d, a)) return onSegment(c, a, b) || onSegment(b, c, d);
  const straddles = (p: Point, q: Point, r: Point, s: Point) => turn(p, q, r) * turn(p, q, s) < 0;
  if (straddles(a, b, c, d) && straddles(c, d, a, b)) return true;
  return onSegment(c, a, b) || onSegment(d, a, b) || onSegment(a, c, d) || onSegment(b, c, d);
}

function onSegment(p: Point, from: Point, to: Point): boolean {
  const within = (axis: 0 | 1) =>
    Math.min(from[axis], to[axis]) <= p[axis] && p[axis] <= Math.max(from[axis], to[axis]);
  return turn(from, to, p) === 0 && within(0) && within(1);
}

/** Sign of the turn from a over b to c: 1 left, -1 right, 0 straight on. */
function turn([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number {
  return Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
}

function samePoint(p: Point, q: Point): boolean {
  return p[0] === q[0] && p[1] === q[1];
}

function at(polygon: readonly Point[], index: number): Point {
  return polygon[index % polygon.length] ?? [Number.NaN, Number.NaN];
}
