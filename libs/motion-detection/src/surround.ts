import type { Grid } from './grid.ts';

/**
 * By what share the light changed around each place: soft light (a cloud's shadow, the glow of headlights)
 * scales a wide surround alike, an object does not. Shares are kept for blocks of 4x4 cells and smoothed over
 * 3x3 blocks, so the surround is 12 cells wide.
 */
export interface Surround {
  update(current: Float32Array, mean: Float32Array): void;
  /** Change as a share of the background's brightness, interpolated between blocks. */
  shareAt(column: number, row: number): number;
}

const BLOCK_SHIFT = 2;
const BLOCK = 1 << BLOCK_SHIFT;

export function createSurround({ columns, rows }: Grid): Surround {
  const blockColumns = Math.ceil(columns / BLOCK);
  const blockRows = Math.ceil(rows / BLOCK);
  const changes = new Float32Array(blockColumns * blockRows);
  const levels = new Float32Array(blockColumns * blockRows);
  const shares = new Float32Array(blockColumns * blockRows);

  function smooth(): void {
    for (let row = 0; row < blockRows; row++)
      for (let column = 0; column < blockColumns; column++) {
        let change = 0;
        let level = 1;
        for (let y = Math.max(0, row - 1); y <= Math.min(blockRows - 1, row + 1); y++)
          for (let x = Math.max(0, column - 1); x <= Math.min(blockColumns - 1, column + 1); x++) {
            change += changes[y * blockColumns + x]!;
            level += levels[y * blockColumns + x]!;
          }
        shares[row * blockColumns + column] = change / level;
      }
  }

  return {
    update(current, mean) {
      changes.fill(0);
      levels.fill(0);
      for (let row = 0, cell = 0; row < rows; row++) {
        const base = (row >> BLOCK_SHIFT) * blockColumns;
        for (let column = 0; column < columns; column++, cell++) {
          const block = base + (column >> BLOCK_SHIFT);
          changes[block]! += current[cell]! - mean[cell]!;
          levels[block]! += mean[cell]!;
        }
      }
      smooth();
    },
    shareAt(column, row) {
      const x = Math.min(blockColumns - 1, Math.max(0, (column + 0.5) / BLOCK - 0.5));
      const y = Math.min(blockRows - 1, Math.max(0, (row + 0.5) / BLOCK - 0.5));
      const left = Math.floor(x);
      const top = Math.floor(y);
      const right = Math.min(blockColumns - 1, left + 1);
      const bottom = Math.min(blockRows - 1, top + 1);
      const upper =
        shares[top * blockColumns + left]! * (left + 1 - x) +
        shares[top * blockColumns + right]! * (x - left);
      const lower =
        shares[bottom * blockColumns + left]! * (left + 1 - x) +
        shares[bottom * blockColumns + right]! * (x - left);
      return upper * (top + 1 - y) + lower * (y - top);
    },
  };
}
