import type { Shift } from './camera-shift.ts';
import type { Grid } from './grid.ts';

/**
 * Means of 2x2 pixels at places that are `shift` away, interpolated between pixels. A cell whose place is
 * outside of the picture gets what is expected there. `strip` has room for a row of the plane.
 */
export function poolShiftedCells(
  plane: Uint8Array,
  planeWidth: number,
  { columns, rows }: Grid,
  { dx, dy }: Shift,
  expected: Float32Array,
  strip: Float32Array,
  into: Float32Array,
): void {
  const planeHeight = Math.floor(plane.length / planeWidth);
  const x = Math.floor(2 * dx);
  const y = Math.floor(2 * dy);
  const across = 2 * dx - x;
  const down = 2 * dy - y;
  const first = Math.max(0, Math.ceil(-x / 2));
  const end = Math.min(columns, Math.floor((planeWidth - 3 - x) / 2) + 1);
  for (let row = 0; row < rows; row++) {
    const top = 2 * row + y;
    const base = row * columns;
    if (top < 0 || top + 2 >= planeHeight) {
      for (let cell = base; cell < base + columns; cell++) into[cell] = expected[cell]!;
      continue;
    }
    for (let column = 0, at = top * planeWidth; column < planeWidth; column++, at++)
      strip[column] =
        0.25 * ((1 - down) * plane[at]! + plane[at + planeWidth]! + down * plane[at + 2 * planeWidth]!);
    for (let column = 0; column < first; column++) into[base + column] = expected[base + column]!;
    for (let column = first, at = 2 * first + x; column < end; column++, at += 2)
      into[base + column] = (1 - across) * strip[at]! + strip[at + 1]! + across * strip[at + 2]!;
    for (let column = end; column < columns; column++) into[base + column] = expected[base + column]!;
  }
}
