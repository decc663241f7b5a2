import type { Grid } from './grid.ts';

/** A rectangle of cells: `left <= column < right`, `top <= row < bottom`. */
export interface Block {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Side of a block in cells: a person of 16x40 px of 720p covers a tenth of one. */
const SIDE = 8;

/** Squares that cover the raster; those at the right and lower edge may be smaller. */
export function blocksOf({ columns, rows }: Grid): Block[] {
  const blocks: Block[] = [];
  for (let top = 0; top < rows; top += SIDE)
    for (let left = 0; left < columns; left += SIDE)
      blocks.push({ left, top, right: Math.min(columns, left + SIDE), bottom: Math.min(rows, top + SIDE) });
  return blocks;
}
