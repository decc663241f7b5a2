import type { Surface } from './surface.ts';

/** The window of `source` at (left, top), any fractions of pixels, by bilinear interpolation. */
export function resampleWindow(source: Surface, left: number, top: number, target: Surface): void {
  resamplePlane(source.y, source.width, left, top, target.y, target.width, target.height);
  const half = [left / 2, top / 2] as const;
  resamplePlane(source.u, source.width / 2, ...half, target.u, target.width / 2, target.height / 2);
  resamplePlane(source.v, source.width / 2, ...half, target.v, target.width / 2, target.height / 2);
}

/** Weights in 1/64 a direction. */
function resamplePlane(
  source: Uint8ClampedArray,
  stride: number,
  left: number,
  top: number,
  target: Uint8ClampedArray,
  width: number,
  height: number,
): void {
  const firstColumn = Math.floor(left);
  const firstRow = Math.floor(top);
  const right = Math.round((left - firstColumn) * 64);
  const below = Math.round((top - firstRow) * 64);
  const bytes = new Uint8Array(target.buffer, target.byteOffset, target.length);
  for (let row = 0; row < height; row++) {
    let from = (firstRow + row) * stride + firstColumn;
    let before = source[from]! * (64 - below) + source[from + stride]! * below;
    for (let at = row * width; at < (row + 1) * width; at++) {
      from++;
      const next = source[from]! * (64 - below) + source[from + stride]! * below;
      bytes[at] = (before * (64 - right) + next * right + 2048) >> 12;
      before = next;
    }
  }
}
