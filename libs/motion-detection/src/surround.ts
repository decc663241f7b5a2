import type { Grid } from './grid.ts';

/**
 * By what share the light changed around each place: soft light (a cloud's shadow, the glow of headlights)
 * scales a wide surround alike, an object does not. Shares are kept for blocks of 4x4 cells; the surround of a
 * block is 3x3 of them, 12 cells wide.
 */
export interface Surround {
  update(current: Float32Array, mean: Float32Array): void;
  /** Change as a share of the background's brightness, interpolated between blocks, on beyond their centres at the edges. */
  shareAt(column: number, row: number): number;
  /** The same for each cell. */
  write(shares: Float32Array): void;
}

/** About the side of a block, in cells. */
const BLOCK = 4;

export function createSurround({ columns, rows }: Grid): Surround {
  const blockColumns = Math.max(2, Math.round(columns / BLOCK));
  const blockRows = Math.max(2, Math.round(rows / BLOCK));
  const blockOfColumn = Uint16Array.from({ length: columns }, (_, x) =>
    Math.floor((x * blockColumns) / columns),
  );
  const leftOf = Uint16Array.from({ length: columns }, (_, x) => firstOf(x, columns, blockColumns));
  const acrossOf = Float32Array.from(
    { length: columns },
    (_, x) => placeOf(x, columns, blockColumns) - leftOf[x]!,
  );
  const changes = new Float32Array(blockColumns * blockRows);
  const levels = new Float32Array(blockColumns * blockRows);
  const shares = new Float32Array(blockColumns * blockRows);
  const sorted = new Float32Array(9);

  /**
   * The median of each block and its neighbours: of a ramp of light the middle, while objects are outvoted. At
   * the picture's edge only neighbours along it count, or the middle would not be the block itself.
   */
  function smooth(): void {
    for (let row = 0; row < blockRows; row++)
      for (let column = 0; column < blockColumns; column++) {
        const down = row === 0 || row === blockRows - 1 ? 0 : 1;
        const across = column === 0 || column === blockColumns - 1 ? 0 : 1;
        let count = 0;
        for (let y = row - down; y <= row + down; y++)
          for (let x = column - across; x <= column + across; x++) {
            const block = y * blockColumns + x;
            insert(sorted, count++, changes[block]! / (levels[block]! + 1));
          }
        shares[row * blockColumns + column] = sorted[count >> 1]!;
      }
  }

  function shareIn(base: number, down: number, column: number): number {
    const block = base + leftOf[column]!;
    const below = block + blockColumns;
    const across = acrossOf[column]!;
    const upper = shares[block]! + across * (shares[block + 1]! - shares[block]!);
    const lower = shares[below]! + across * (shares[below + 1]! - shares[below]!);
    return upper + down * (lower - upper);
  }

  return {
    update(current, mean) {
      changes.fill(0);
      levels.fill(0);
      for (let row = 0, cell = 0; row < rows; row++) {
        const base = Math.floor((row * blockRows) / rows) * blockColumns;
        for (let column = 0; column < columns; column++, cell++) {
          const block = base + blockOfColumn[column]!;
          changes[block]! += current[cell]! - mean[cell]!;
          levels[block]! += mean[cell]!;
        }
      }
      smooth();
    },
    shareAt(column, row) {
      const top = firstOf(row, rows, blockRows);
      return shareIn(top * blockColumns, placeOf(row, rows, blockRows) - top, column);
    },
    write(into) {
      for (let row = 0, cell = 0; row < rows; row++) {
        const top = firstOf(row, rows, blockRows);
        const down = placeOf(row, rows, blockRows) - top;
        for (let column = 0; column < columns; column++, cell++)
          into[cell] = shareIn(top * blockColumns, down, column);
      }
    },
  };
}

/** Where a cell lies between the centres of blocks: 0 is the first block's. */
function placeOf(cell: number, cells: number, blocks: number): number {
  return ((cell + 0.5) * blocks) / cells - 0.5;
}

/** The first of the two blocks between which a cell's share is interpolated. */
function firstOf(cell: number, cells: number, blocks: number): number {
  return Math.max(0, Math.min(blocks - 2, Math.floor(placeOf(cell, cells, blocks))));
}

/** Puts `value` where it belongs among the first `count`, which are sorted. */
function insert(sorted: Float32Array, count: number, value: number): void {
  let at = count;
  for (; at > 0 && sorted[at - 1]! > value; at--) sorted[at] = sorted[at - 1]!;
  sorted[at] = value;
}
