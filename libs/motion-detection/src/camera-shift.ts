import type { Grid } from './grid.ts';

/** Picture now at (x + dx, y + dy) shows what the background has at (x, y). In cells. */
export interface Shift {
  dx: number;
  dy: number;
}

/** Finds how far the camera has turned away from the background, by the edges that stand in it. */
export interface ShiftMeter {
  /** Chooses the edges to look at; needed after each larger change of the background. */
  calibrate(mean: Float32Array): void;
  /** Fills in `into` and is true when a shift explains what changed; else `into` is zero. */
  measure(mean: Float32Array, current: Float32Array, into: Shift): boolean;
}

/** Side of the squares of which each gives its steepest cell across and down, in cells. */
const SQUARE = 4;
/** An edge is at least this steep, in levels per cell. */
const LEAST_SLOPE = 5;
/** With fewer edges there is nothing to hold on to. */
const LEAST_ANCHORS = 40;
/** Shifts of up to so many cells are found (24 px of 720p). */
const REACH = 3;
/** An edge that differs by this many levels has changed; when this share has, a shift is looked for. */
const CHANGED_LEVELS = 4;
const CHANGED_SHARE = 0.06;
/** A difference counts at most this much: objects must not outweigh the background. */
const MOST_LEVELS = 24;
/** The shift must take at least this share of the differences away. */
const EXPLAINED_SHARE = 0.12;
const LEAST_SHIFT = 0.06;
const REFINEMENTS = 3;
/** After a search in vain (a crowd) so many frames pass before the next. */
const REST_FRAMES = 2;

/**
 * Global translation: the nearest whole shift by exhaustive search, then by least squares on the slopes (Lucas
 * and Kanade, 1981), both on a few hundred edge cells spread over the picture and deaf to outliers.
 */
export function createShiftMeter({ columns, rows }: Grid): ShiftMeter {
  const squares = Math.ceil(columns / SQUARE) * Math.ceil(rows / SQUARE);
  const anchors = new Int32Array(2 * squares);
  let count = 0;
  let restFrames = 0;
  const margin = REACH + 2;

  /** Given up as soon as it reaches `most`: where nothing shifted, all but the first are dear. */
  function costOfWhole(
    mean: Float32Array,
    current: Float32Array,
    dx: number,
    dy: number,
    most: number,
  ): number {
    const step = dy * columns + dx;
    let cost = 0;
    for (let index = 0; index < count && cost < most; index += 2) {
      const cell = anchors[index]!;
      cost += Math.min(MOST_LEVELS, Math.abs(current[cell + step]! - mean[cell]!));
    }
    return cost;
  }

  function costOf(mean: Float32Array, current: Float32Array, dx: number, dy: number): number {
    let cost = 0;
    for (let index = 0; index < count; index++) {
      const cell = anchors[index]!;
      cost += Math.min(MOST_LEVELS, Math.abs(sampleAt(current, columns, cell, dx, dy) - mean[cell]!));
    }
    return cost;
  }

  function changedShare(mean: Float32Array, current: Float32Array): number {
    let changed = 0;
    for (let index = 0; index < count; index++) {
      const cell = anchors[index]!;
      if (Math.abs(current[cell]! - mean[cell]!) > CHANGED_LEVELS) changed++;
    }
    return changed / count;
  }

  function searchWhole(mean: Float32Array, current: Float32Array, into: Shift): void {
    let least = costOfWhole(mean, current, 0, 0, Number.POSITIVE_INFINITY);
    into.dx = into.dy = 0;
    for (let dy = -REACH; dy <= REACH; dy++)
      for (let dx = -REACH; dx <= REACH; dx++) {
        const cost = costOfWhole(mean, current, dx, dy, least);
        if (cost >= least) continue;
        least = cost;
        into.dx = dx;
        into.dy = dy;
      }
  }

  /** One step of least squares. */
  function refine(mean: Float32Array, current: Float32Array, into: Shift): void {
    let xx = 0;
    let xy = 0;
    let yy = 0;
    let xr = 0;
    let yr = 0;
    for (let index = 0; index < count; index++) {
      const cell = anchors[index]!;
      const across = 0.5 * (mean[cell + 1]! - mean[cell - 1]!);
      const down = 0.5 * (mean[cell + columns]! - mean[cell - columns]!);
      const rest = sampleAt(current, columns, cell, into.dx, into.dy) - mean[cell]!;
      if (Math.abs(rest) > 8 + 1.5 * (Math.abs(across) + Math.abs(down))) continue;
      xx += across * across;
      xy += across * down;
      yy += down * down;
      xr += across * rest;
      yr += down * rest;
    }
    const determinant = xx * yy - xy * xy;
    if (determinant <= 1e-3 * xx * yy) return;
    into.dx = clamp(into.dx - (yy * xr - xy * yr) / determinant, REACH + 0.9);
    into.dy = clamp(into.dy - (xx * yr - xy * xr) / determinant, REACH + 0.9);
  }

  return {
    calibrate(mean) {
      count = 0;
      for (let top = margin; top < rows - margin; top += SQUARE)
        for (let left = margin; left < columns - margin; left += SQUARE) {
          const right = Math.min(columns - margin, left + SQUARE);
          const bottom = Math.min(rows - margin, top + SQUARE);
          for (const step of [1, columns]) {
            const steepest = steepestCell(mean, columns, left, top, right, bottom, step);
            if (steepest >= 0) anchors[count++] = steepest;
          }
        }
    },
    measure(mean, current, into) {
      into.dx = into.dy = 0;
      if (restFrames-- > 0 || count < LEAST_ANCHORS || changedShare(mean, current) < CHANGED_SHARE)
        return false;
      const before = costOf(mean, current, 0, 0);
      searchWhole(mean, current, into);
      for (let round = 0; round < REFINEMENTS; round++) refine(mean, current, into);
      const explains =
        Math.abs(into.dx) + Math.abs(into.dy) > LEAST_SHIFT &&
        costOf(mean, current, into.dx, into.dy) < (1 - EXPLAINED_SHARE) * before;
      if (!explains) into.dx = into.dy = 0;
      restFrames = explains ? 0 : REST_FRAMES;
      return explains;
    },
  };
}

/** The cell with the largest slope along `step` in a rectangle; -1 where nothing is steep. */
function steepestCell(
  mean: Float32Array,
  columns: number,
  left: number,
  top: number,
  right: number,
  bottom: number,
  step: number,
): number {
  let steepest = -1;
  let slope = 2 * LEAST_SLOPE;
  for (let row = top; row < bottom; row++)
    for (let cell = row * columns + left; cell < row * columns + right; cell++) {
      const rise = Math.abs(mean[cell + step]! - mean[cell - step]!);
      if (rise <= slope) continue;
      slope = rise;
      steepest = cell;
    }
  return steepest;
}

/** Bilinear. */
function sampleAt(cells: Float32Array, columns: number, cell: number, dx: number, dy: number): number {
  const x = Math.floor(dx);
  const y = Math.floor(dy);
  const at = cell + y * columns + x;
  const across = dx - x;
  const upper = cells[at]! + across * (cells[at + 1]! - cells[at]!);
  const lower = cells[at + columns]! + across * (cells[at + columns + 1]! - cells[at + columns]!);
  return upper + (dy - y) * (lower - upper);
}

function clamp(value: number, most: number): number {
  return value > most ? most : value < -most ? -most : value;
}
