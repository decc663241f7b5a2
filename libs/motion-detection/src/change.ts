import type { BackgroundModel, Rates } from './background-model.ts';
import { LEAST_VARIANCE, NO_LOOK, restoreFormer } from './background-model.ts';
import type { Grid } from './grid.ts';
import { QUIET, STRONG, WEAK } from './labelling.ts';
import type { Thresholds } from './sensitivity.ts';
import type { Surround } from './surround.ts';

/** Where a frame differs from the background. Arrays are indexed by cell; `active` lists what is not QUIET. */
export interface Change {
  /** Brightness less the background's. */
  difference: Float32Array;
  levels: Uint8Array;
  /** 1 where the cell also differs from its own last moments. */
  moving: Uint8Array;
  active: Int32Array;
  activeCount: number;
  /** Cells that differ only as softly as their whole surround. */
  softCount: number;
}

/** A STRONG cell exceeds its threshold by this factor. */
const STRONG_FACTOR = 1.5;
/** A cell moves when it differs from its recent mean by this share of its threshold. */
const MOVING_SHARE = 0.5;

export function createChange(cells: number): Change {
  return {
    difference: new Float32Array(cells),
    levels: new Uint8Array(cells),
    moving: new Uint8Array(cells),
    active: new Int32Array(cells),
    activeCount: 0,
    softCount: 0,
  };
}

/** The square of the least difference that counts in a cell with this noise. */
export function thresholdSquared(variance: number, { contrast, deviations }: Thresholds): number {
  const floor = contrast * contrast;
  const noise = deviations * deviations * variance;
  return noise > floor ? noise : floor;
}

/** Compares a frame with the model; quiet cells teach it at once. `silenced` cells are never active. */
export function detectChange(
  model: BackgroundModel,
  current: Float32Array,
  silenced: Uint8Array,
  thresholds: Thresholds,
  rates: Rates,
  into: Change,
): void {
  const { mean, variance, recent } = model;
  const { difference, levels, moving, active } = into;
  const floor = thresholds.contrast * thresholds.contrast;
  const perVariance = thresholds.deviations * thresholds.deviations;
  let count = 0;
  for (let cell = 0; cell < current.length; cell++) {
    const now = current[cell]!;
    const expected = mean[cell]!;
    const spread = variance[cell]!;
    const apart = now - expected;
    const squared = apart * apart;
    const limit = perVariance * spread > floor ? perVariance * spread : floor;
    const sinceRecent = now - recent[cell]!;
    difference[cell] = apart;
    recent[cell] = now - (1 - rates.recent) * sinceRecent;
    if (squared <= limit || silenced[cell] !== 0) {
      const learned = spread + rates.variance * (squared - spread);
      levels[cell] = QUIET;
      mean[cell] = expected + rates.quiet * apart;
      variance[cell] = learned < LEAST_VARIANCE ? LEAST_VARIANCE : learned;
      continue;
    }
    levels[cell] = squared > STRONG_FACTOR * STRONG_FACTOR * limit ? STRONG : WEAK;
    moving[cell] = sinceRecent * sinceRecent > MOVING_SHARE * MOVING_SHARE * limit ? 1 : 0;
    active[count++] = cell;
  }
  into.activeCount = count;
}

/** Quiets the active cells where what had come to rest has left again: the former look is back. */
export function recogniseFormer(
  model: BackgroundModel,
  current: Float32Array,
  thresholds: Thresholds,
  change: Change,
): void {
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

/** Quiets the active cells that differ no more than their surround does: soft light. */
export function discountSoftLight(
  model: BackgroundModel,
  grid: Grid,
  surround: Surround,
  thresholds: Thresholds,
  rates: Rates,
  change: Change,
): void {
  const { active, activeCount, difference } = change;
  surround.update(difference, model.mean);
  let kept = 0;
  for (let index = 0; index < activeCount; index++) {
    const cell = active[index]!;
    const row = (cell / grid.columns) | 0;
    const apart = difference[cell]!;
    const sharp = apart - surround.shareAt(cell - row * grid.columns, row) * model.mean[cell]!;
    if (sharp * apart > 0 && sharp * sharp > thresholdSquared(model.variance[cell]!, thresholds)) {
      active[kept++] = cell;
      continue;
    }
    change.levels[cell] = QUIET;
    model.mean[cell]! += rates.quiet * apart;
  }
  change.softCount = activeCount - kept;
  change.activeCount = kept;
}
