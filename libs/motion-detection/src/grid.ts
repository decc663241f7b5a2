/**
 * The raster on which the gate thinks: cells of 2x2 analysis pixels, 160x90 for a 16:9 camera. A cell of a
 * 720p source is the mean of 64 pixels: sensor noise falls to an eighth and thin streaks of rain fade,
 * while the smallest object that counts (16x40 px) still covers ten cells.
 */
export interface Grid {
  columns: number;
  rows: number;
  /** Side of a cell in source pixels. */
  cellPx: number;
}

export function gridOf(width: number, height: number, factor: number): Grid {
  return {
    columns: Math.floor(width / factor) >> 1,
    rows: Math.floor(height / factor) >> 1,
    cellPx: 2 * factor,
  };
}

/** Means of 2x2 pixels of a plane that is `planeWidth` wide. */
export function poolCells(plane: Uint8Array, planeWidth: number, grid: Grid, into: Float32Array): void {
  for (let row = 0, at = 0; row < grid.rows; row++) {
    let upper = 2 * row * planeWidth;
    let lower = upper + planeWidth;
    for (let column = 0; column < grid.columns; column++, at++, upper += 2, lower += 2)
      into[at] = 0.25 * (plane[upper]! + plane[upper + 1]! + plane[lower]! + plane[lower + 1]!);
  }
}
