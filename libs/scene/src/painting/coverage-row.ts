/** Sample lines in each row of pixels; across, coverage is exact. */
const linesPerRow = 4;

/**
 * Adds the share of each pixel of `row` that the outline covers (even-odd) to `coverage`.
 * Returns the columns that it touched, end exclusive.
 */
export function fillRow(
  coverage: Float32Array,
  width: number,
  points: readonly number[],
  scale: number,
  row: number,
): [first: number, end: number] {
  let first = width;
  let end = 0;
  for (let line = 0; line < linesPerRow; line++) {
    const crossings = rowCrossings(points, scale, row + (line + 0.5) / linesPerRow);
    for (let index = 0; index + 1 < crossings.length; index += 2) {
      const from = Math.max(0, crossings[index]!);
      const to = Math.min(width, crossings[index + 1]!);
      if (to <= from) continue;
      addSpan(coverage, from, to);
      first = Math.min(first, Math.floor(from));
      end = Math.max(end, Math.ceil(to));
    }
  }
  return [first, end];
}

/** Where the outline, scaled, crosses the horizontal line at `y`, from left to right. */
function rowCrossings(points: readonly number[], scale: number, y: number): number[] {
  const crossings: number[] = [];
  let previousX = points[points.length - 2]! * scale;
  let previousY = points[points.length - 1]! * scale;
  for (let index = 0; index < points.length; index += 2) {
    const x = points[index]! * scale;
    const nextY = points[index + 1]! * scale;
    if (previousY <= y !== nextY <= y) {
      crossings.push(previousX + ((y - previousY) * (x - previousX)) / (nextY - previousY));
    }
    previousX = x;
    previousY = nextY;
  }
  return crossings.toSorted((a, b) => a - b);
}

function addSpan(coverage: Float32Array, from: number, to: number): void {
  const weight = 1 / linesPerRow;
  const firstColumn = Math.floor(from);
  const lastColumn = Math.ceil(to) - 1;
  if (firstColumn === lastColumn) {
    coverage[firstColumn]! += (to - from) * weight;
    return;
  }
  coverage[firstColumn]! += (firstColumn + 1 - from) * weight;
  for (let column = firstColumn + 1; column < lastColumn; column++) coverage[column]! += weight;
  coverage[lastColumn]! += (to - lastColumn) * weight;
}
