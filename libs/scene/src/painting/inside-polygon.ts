/** Whether (x, y) lies inside the outline x0, y0, x1, y1, …, even-odd. */
export function insidePolygon(points: readonly number[], x: number, y: number): boolean {
  let inside = false;
  let previousX = points[points.length - 2]!;
  let previousY = points[points.length - 1]!;
  for (let index = 0; index < points.length; index += 2) {
    const nextX = points[index]!;
    const nextY = points[index + 1]!;
    const crosses = previousY <= y !== nextY <= y;
    if (crosses && x > previousX + ((y - previousY) * (nextX - previousX)) / (nextY - previousY)) {
      inside = !inside;
    }
    previousX = nextX;
    previousY = nextY;
  }
  return inside;
}
