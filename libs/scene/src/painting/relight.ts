import type { Surface } from './surface.ts';

/** Pixels between the points at which light is computed; between them it is interpolated. */
const cell = 16;
/** Fixed-point one of the light. */
const fullLight = 256;

/** Multiplies luma by light given for shares of width and height. */
export function relight({ y, width, height }: Surface, light: (x: number, y: number) => number): void {
  const columns = Math.ceil(width / cell) + 1;
  let above = lightRow(light, columns, width, 0, height);
  for (let top = 0; top < height; top += cell) {
    const below = lightRow(light, columns, width, top + cell, height);
    for (let row = top; row < Math.min(height, top + cell); row++) {
      relightRow(y, row * width, width, above, below, (row - top) / cell);
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
  luma: Uint8ClampedArray,
  start: number,
  width: number,
  above: Float64Array,
  below: Float64Array,
  share: number,
): void {
  let right = Math.round(fullLight * 16 * (above[0]! + (below[0]! - above[0]!) * share));
  for (let left = 0, column = 1; left < width; left += cell, column++) {
    let light = right;
    right = Math.round(fullLight * 16 * (above[column]! + (below[column]! - above[column]!) * share));
    if (light === fullLight * 16 && right === light) continue;
    const step = (right - light) / cell;
    const end = start + Math.min(width, left + cell);
    for (let at = start + left; at < end; at++, light += step)
      luma[at] = (luma[at]! * light) / (fullLight * 16);
  }
}
