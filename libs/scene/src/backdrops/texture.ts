import { hashUnit } from '../random.ts';
import type { Surface } from '../painting/surface.ts';

/** Adds unevenness to the luma of rows top..bottom: smooth noise with cells of `cellWidth` x `cellHeight` pixels. */
export function roughen(
  surface: Surface,
  seed: number,
  top: number,
  bottom: number,
  amplitude: number,
  cellWidth: number,
  cellHeight = cellWidth,
): void {
  const end = Math.min(surface.height, Math.round(bottom));
  for (let row = Math.max(0, Math.round(top)); row < end; row++) {
    const cellY = Math.floor(row / cellHeight);
    const alongY = smooth(row / cellHeight - cellY);
    let cellX = -1;
    let left = 0;
    let right = 0;
    for (let column = 0; column < surface.width; column++) {
      const cell = Math.floor(column / cellWidth);
      if (cell !== cellX) {
        left = edgeValue(seed, cell, cellY, alongY);
        right = edgeValue(seed, cell + 1, cellY, alongY);
        cellX = cell;
      }
      const value = left + (right - left) * smooth(column / cellWidth - cell);
      const at = row * surface.width + column;
      surface.y[at] = surface.y[at]! + (value - 0.5) * 2 * amplitude;
    }
  }
}

function edgeValue(seed: number, cellX: number, cellY: number, alongY: number): number {
  const above = hashUnit(seed, cellX, cellY);
  return above + (hashUnit(seed, cellX, cellY + 1) - above) * alongY;
}

function smooth(share: number): number {
  return share * share * (3 - 2 * share);
}
