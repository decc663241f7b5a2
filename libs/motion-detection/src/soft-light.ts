import type { BackgroundModel, Rates } from './background-model.ts';
import type { Change } from './change.ts';
import { thresholdSquared } from './change.ts';
import { QUIET } from './labelling.ts';
import type { Thresholds } from './sensitivity.ts';
import type { Surround } from './surround.ts';

/** The near surround of a cell reaches so many cells each way. */
const REACH = 2;

/** Quiets the active cells that differ no more than their surround does: soft light. Returns how many. */
export function discountSoftLight(
  model: BackgroundModel,
  current: Float32Array,
  surround: Surround,
  thresholds: Thresholds,
  rates: Rates,
  change: Change,
): number {
  const { active, activeCount, difference, columns } = change;
  surround.update(current, model.mean);
  let kept = 0;
  for (let index = 0; index < activeCount; index++) {
    const cell = active[index]!;
    const row = (cell / columns) | 0;
    const apart = difference[cell]!;
    const column = cell - row * columns;
    const level = model.mean[cell]!;
    const limit = thresholdSquared(model.variance[cell]!, thresholds);
    if (
      isSharp(apart, surround.shareAt(column, row) * level, limit) &&
      isSharp(apart, shareAround(current, model.mean, columns, column, row) * level, limit)
    ) {
      active[kept++] = cell;
      continue;
    }
    change.levels[cell] = QUIET;
    model.mean[cell]! += rates.quiet * apart;
  }
  change.activeCount = kept;
  return activeCount - kept;
}

/** Whether a difference goes beyond what light explains, in the same direction. */
function isSharp(apart: number, explained: number, limit: number): boolean {
  const rest = apart - explained;
  return rest * apart > 0 && rest * rest > limit;
}

/** By what share the brightness changed in the 5x5 cells around a cell. */
function shareAround(
  current: Float32Array,
  mean: Float32Array,
  columns: number,
  column: number,
  row: number,
): number {
  const left = Math.max(0, Math.min(columns - 1 - 2 * REACH, column - REACH));
  const top = Math.max(0, Math.min(current.length / columns - 1 - 2 * REACH, row - REACH));
  let now = 1;
  let before = 1;
  for (let y = top; y <= top + 2 * REACH; y++)
    for (let cell = y * columns + left, end = cell + 2 * REACH; cell <= end; cell++) {
      now += current[cell]!;
      before += mean[cell]!;
    }
  return now / before - 1;
}
