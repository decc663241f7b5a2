import {
  learnQuietBlock,
  NO_LOOK,
  refreshRecent,
  restoreFormer,
  LEAST_VARIANCE,
} from './background-model.ts';
import type { Block } from './blocks.ts';
import { blocksOf } from './blocks.ts';
import type { Comparison } from './comparison.ts';
import type { Grid } from './grid.ts';
import { QUIET, STRONG, WEAK } from './labelling.ts';
import type { Thresholds } from './sensitivity.ts';

/** Where a frame differs from the background. Arrays are indexed by cell; `active` lists what is not QUIET. */
export interface Change {
  /** Brightness less the background's; only of active cells. */
  difference: Float32Array;
  levels: Uint8Array;
  /** 1 where an active cell also differs from its own last moments. */
  moving: Uint8Array;
  active: Int32Array;
  activeCount: number;
  blocks: readonly Block[];
  /** Per block: 1 where some cell exceeded the least contrast in the last frame. */
  awake: Uint8Array;
  columns: number;
}

/** A STRONG cell exceeds its threshold by this factor. */
const STRONG_FACTOR = 1.5;
/** A cell moves when it differs from its recent mean by this share of its threshold. */
const MOVING_SHARE = 0.5;
/** A quiet block teaches the model in one frame of so many. */
const QUIET_TURNS = 4;

export function createChange(grid: Grid): Change {
  const cells = grid.columns * grid.rows;
  const blocks = blocksOf(grid);
  return {
    difference: new Float32Array(cells),
    levels: new Uint8Array(cells),
    moving: new Uint8Array(cells),
    active: new Int32Array(cells),
    activeCount: 0,
    blocks,
    awake: new Uint8Array(blocks.length),
    columns: grid.columns,
  };
}

/** The square of the least difference that counts in a cell with this noise. */
export function thresholdSquared(variance: number, { contrast, deviations }: Thresholds): number {
  return Math.max(contrast * contrast, deviations * deviations * variance);
}

/**
 * Compares a frame with the model. A block in which no cell differs by the least contrast has no active cell,
 * whatever its noise is: it is left at once and teaches the model in its turn. `silenced` cells are never
 * active. `turn` counts frames.
 */
export function detectChange(comparison: Comparison, turn: number): void {
  const { model, current, rates, thresholds, change } = comparison;
  const { blocks, awake, columns } = change;
  change.activeCount = 0;
  change.levels.fill(QUIET);
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index]!;
    if (isQuiet(model.mean, current, columns, block, thresholds.contrast)) {
      awake[index] = 0;
      if ((index + turn) % QUIET_TURNS === 0)
        learnQuietBlock(model, current, columns, block, rates, QUIET_TURNS);
      continue;
    }
    if (awake[index] === 0) refreshRecent(model, columns, block);
    awake[index] = 1;
    compareBlock(comparison, block);
  }
}

function isQuiet(
  mean: Float32Array,
  current: Float32Array,
  columns: number,
  { left, top, right, bottom }: Block,
  contrast: number,
): boolean {
  for (let row = top; row < bottom; row++)
    for (let cell = row * columns + left, end = row * columns + right; cell < end; cell++) {
      const apart = current[cell]! - mean[cell]!;
      if (Math.abs(apart) > contrast) return false;
    }
  return true;
}

/** Quiet cells teach the model at once. */
function compareBlock(
  { model, current, silenced, rates, thresholds, change }: Comparison,
  { left, top, right, bottom }: Block,
): void {
  const { mean, variance, recent } = model;
  const { difference, levels, moving, active, columns } = change;
  const floor = thresholds.contrast * thresholds.contrast;
  const perVariance = thresholds.deviations * thresholds.deviations;
  let count = change.activeCount;
  for (let row = top; row < bottom; row++)
    for (let cell = row * columns + left, end = row * columns + right; cell < end; cell++) {
      const now = current[cell]!;
      const expected = mean[cell]!;
      const spread = variance[cell]!;
      const apart = now - expected;
      const squared = apart * apart;
      const limit = Math.max(perVariance * spread, floor);
      const sinceRecent = now - recent[cell]!;
      recent[cell] = now - (1 - rates.recent) * sinceRecent;
      if (squared <= limit || silenced[cell] !== 0) {
        mean[cell] = expected + rates.quiet * apart;
        variance[cell] = Math.max(LEAST_VARIANCE, spread + rates.variance * (squared - spread));
        continue;
      }
      difference[cell] = apart;
      levels[cell] = squared > STRONG_FACTOR * STRONG_FACTOR * limit ? STRONG : WEAK;
      moving[cell] = sinceRecent * sinceRecent > MOVING_SHARE * MOVING_SHARE * limit ? 1 : 0;
      active[count++] = cell;
    }
  change.activeCount = count;
}

/** Quiets the active cells where what had come to rest has left again: the former look is back. */
export function recogniseFormer({ model, current, thresholds, change }: Comparison): void {
  const { active, activeCount } = change;
  let kept = 0;
  for (let index = 0; index < activeCount; index++) {
    const cell = active[index]!;
    const former = model.former[cell]!;
    const apart = current[cell]! - former;
    const isBack = former !== NO_LOOK && apart * apart <= thresholdSquared(model.variance[cell]!, thresholds);
    if (!isBack) {
      active[kept++] = cell;
      continue;
    }
    change.levels[cell] = QUIET;
    restoreFormer(model, cell);
  }
  change.activeCount = kept;
}
