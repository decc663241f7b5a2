import type { BackgroundModel, Rates } from './background-model.ts';
import type { Change } from './change.ts';
import { thresholdSquared } from './change.ts';
import { QUIET } from './labelling.ts';
import type { Thresholds } from './sensitivity.ts';
import type { Surround } from './surround.ts';

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
    const sharp = apart - surround.shareAt(cell - row * columns, row) * model.mean[cell]!;
    if (sharp * apart > 0 && sharp * sharp > thresholdSquared(model.variance[cell]!, thresholds)) {
      active[kept++] = cell;
      continue;
    }
    change.levels[cell] = QUIET;
    model.mean[cell]! += rates.quiet * apart;
  }
  change.activeCount = kept;
  return activeCount - kept;
}
