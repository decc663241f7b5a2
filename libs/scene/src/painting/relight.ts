import type { Surface } from './surface.ts';

/** Pixels between the points at which light is computed, 2^4; between them it is interpolated. */
const cell = 16;
/** Fixed-point one of the light. */
const fullLight = 1 << 14;

/** Multiplies luma by light given for shares of width and height. */
export function relight({ y, width, height }: Surface, light: (x: number, y: number) => number): void {
  const columns = Math.ceil(width / cell) + 1;
  const luma = new Uint8Array(y.buffer, y.byteOffset, y.length);
  let above = lightRow(light, columns, width, 0, height);
  for (let top = 0; top < height; top += cell) {
    const below = lightRow(light, columns, width, top + cell, height);
    for (let row = top; row < Math.min(height, top + cell); row++) {
      relightRow(luma, row * width, width, above, below, (row - top) / cell);
    }
    above = below;
  }
}

function lightRow(
  light: (x: number, y: number) => number,
  columns: number,
  width: number,
  row: number,
  height: number,
): Float64Array {
  return Float64Array.from({ length: columns }, (_, index) => light((index * cell) / width, row / height));
}

function relightRow(
  luma: Uint8Array,
  start: number,
  width: number,
  above: Float64Array,
  below: Float64Array,
  share: number,
): void {
  const lightAt = (column: number) =>
    Math.round(fullLight * (above[column]! + (below[column]! - above[column]!) * share));
  let right = lightAt(0);
  for (let left = 0, column = 1; left < width; left += cell, column++) {
    let light = right;
    right = lightAt(column);
    if (light === fullLight && right === light) continue;
    const step = (right - light) >> 4;
    const end = start + Math.min(width, left + cell);
    for (let at = start + left; at < end; at++, light += step) {
      const lit = (luma[at]! * light) >> 14;
      luma[at] = lit > 255 ? 255 : lit;
    }
  }
}
