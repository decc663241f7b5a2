import type { Grid } from './grid.ts';

/**
 * By what share the light changed around each place: soft light (a cloud's shadow, the glow of headlights)
 * scales a wide surround alike, an object does not. Shares are kept for blocks of 4x4 cells; the surround of a
 * block is 3x3 of them, 12 cells wide.
 */
export interface Surround {
  update(current: Float32Array, mean: Float32Array): void;
  /**
   * For each cell the change as a share of the background's brightness, interpolated between blocks, on beyond
   * their centres at the edges.
   */
  writeShares(into: Float32Array): void;
  /** For each cell how far the shares of neighbouring blocks lie apart: so wrong its own may be. */
  writeSlopes(into: Float32Array): void;
}

/** About the side of a block, in cells. */
const BLOCK = 4;

export function createSurround({ columns, rows }: Grid): Surround {
  const blockColumns = Math.max(2, Math.round(columns / BLOCK));
  const blockRows = Math.max(2, Math.round(rows / BLOCK));
  const endOfBlock = Uint16Array.from({ length: blockColumns }, (_, x) =>
    Math.ceil(((x + 1) * columns) / blockColumns),
  );
  /** Where the cells end that are interpolated between a block and the next. */
  const endOfStep = new Uint16Array(blockColumns - 1);
  const acrossOf = new Float32Array(columns);
  for (let column = 0; column < columns; column++) {
    const left = firstOf(column, columns, blockColumns);
    endOfStep[left] = column + 1;
    acrossOf[column] = placeOf(column, columns, blockColumns) - left;
  }
  /** Sums over a block, then in `changes` their quotient. */
  const changes = new Float64Array(blockColumns * blockRows);
  const levels = new Float64Array(blockColumns * blockRows);
  const shares = new Float32Array(blockColumns * blockRows);
  const slopes = new Float32Array(blockColumns * blockRows);
  /** A row of values between two rows of blocks. */
  const between = new Float64Array(blockColumns);
  /** Of the columns of three rows of blocks. */
  const lows = new Float64Array(blockColumns);
  const middles = new Float64Array(blockColumns);
  const highs = new Float64Array(blockColumns);

  function sum(current: Float32Array, mean: Float32Array): void {
    changes.fill(0);
    levels.fill(0);
    for (let row = 0, cell = 0; row < rows; row++) {
      const base = Math.floor((row * blockRows) / rows) * blockColumns;
      for (let block = 0; block < blockColumns; block++) {
        let now = 0;
        let before = 0;
        for (const end = row * columns + endOfBlock[block]!; cell < end; cell++) {
          now += current[cell]!;
          before += mean[cell]!;
        }
        changes[base + block]! += now - before;
        levels[base + block]! += before;
      }
    }
    for (let block = 0; block < changes.length; block++) changes[block]! /= levels[block]! + 1;
  }

  /** Of each column of blocks the least, the middle and the largest of a row and its neighbours. */
  function sortColumns(row: number): void {
    for (let column = 0, at = row * blockColumns; column < blockColumns; column++, at++) {
      const a = changes[at - blockColumns]!;
      const b = changes[at]!;
      const c = changes[at + blockColumns]!;
      const less = Math.min(a, b);
      const more = Math.max(a, b);
      const rest = Math.max(less, c);
      lows[column] = Math.min(less, c);
      middles[column] = Math.min(more, rest);
      highs[column] = Math.max(more, rest);
    }
  }

  /**
   * The median of each block and its neighbours: of a ramp of light the middle, while objects are outvoted. At
   * the picture's edge only neighbours along it count, or the middle would not be the block itself. Columns first:
   * the median of nine lies between their largest least, middle middle and least largest.
   */
  function smooth(): void {
    for (let row = 0, block = 0; row < blockRows; row++) {
      const isInside = row > 0 && row < blockRows - 1;
      if (isInside) sortColumns(row);
      for (let column = 0; column < blockColumns; column++, block++) {
        const isAcross = column > 0 && column < blockColumns - 1;
        if (isInside && isAcross) {
          const low = Math.max(lows[column - 1]!, lows[column]!, lows[column + 1]!);
          const high = Math.min(highs[column - 1]!, highs[column]!, highs[column + 1]!);
          const middle = median(middles[column - 1]!, middles[column]!, middles[column + 1]!);
          shares[block] = median(low, middle, high);
        } else {
          const step = isInside ? blockColumns : isAcross ? 1 : 0;
          shares[block] = median(changes[block - step]!, changes[block]!, changes[block + step]!);
        }
      }
    }
  }

  /** The largest step to one of the four neighbours. */
  function measureSlopes(): void {
    for (let row = 0, block = 0; row < blockRows; row++) {
      const up = row > 0 ? blockColumns : 0;
      const down = row < blockRows - 1 ? blockColumns : 0;
      for (let column = 0; column < blockColumns; column++, block++) {
        const here = shares[block]!;
        const left = here - shares[column > 0 ? block - 1 : block]!;
        const right = here - shares[column < blockColumns - 1 ? block + 1 : block]!;
        const across = Math.max(Math.abs(left), Math.abs(right));
        const above = Math.abs(here - shares[block - up]!);
        slopes[block] = Math.max(across, above, Math.abs(here - shares[block + down]!));
      }
    }
  }

  /** From blocks to cells. */
  function interpolate(blocks: Float32Array, into: Float32Array): void {
    for (let row = 0, cell = 0; row < rows; row++) {
      const top = firstOf(row, rows, blockRows);
      const down = placeOf(row, rows, blockRows) - top;
      for (let column = 0, block = top * blockColumns; column < blockColumns; column++, block++)
        between[column] = blocks[block]! + down * (blocks[block + blockColumns]! - blocks[block]!);
      for (let block = 0, column = 0; block < blockColumns - 1; block++) {
        const left = between[block]!;
        const step = between[block + 1]! - left;
        for (const end = endOfStep[block]!; column < end; column++, cell++)
          into[cell] = left + acrossOf[column]! * step;
      }
    }
  }

  return {
    update(current, mean) {
      sum(current, mean);
      smooth();
    },
    writeShares: (into) => interpolate(shares, into),
    writeSlopes(into) {
      measureSlopes();
      interpolate(slopes, into);
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

function median(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
