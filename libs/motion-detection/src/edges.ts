import { learnUncertain } from './background-model.ts';
import { thresholdSquared } from './change.ts';
import type { Comparison } from './comparison.ts';
import { QUIET } from './labelling.ts';

/** A shifted picture is interpolated: a difference up to this share of the local contrast means nothing. */
const TOLERANCE = 0.4;

/** Quiets the active cells that a small error of the camera's shift explains: edges. Returns how many. */
export function discountEdges({ model, rates, thresholds, change }: Comparison): number {
  const { active, activeCount, difference, columns } = change;
  let kept = 0;
  for (let index = 0; index < activeCount; index++) {
    const cell = active[index]!;
    const apart = difference[cell]!;
    const limit = thresholdSquared(model.variance[cell]!, thresholds);
    const beyond = Math.abs(apart) - TOLERANCE * localContrast(model.mean, cell, columns);
    if (beyond > 0 && beyond * beyond > limit) {
      active[kept++] = cell;
      continue;
    }
    change.levels[cell] = QUIET;
    learnUncertain(model, cell, apart, limit, rates);
  }
  change.activeCount = kept;
  return activeCount - kept;
}

/** Largest less smallest brightness in the cell and around it. */
function localContrast(mean: Float32Array, cell: number, columns: number): number {
  let least = mean[cell]!;
  let most = least;
  for (let row = cell - columns; row <= cell + columns; row += columns)
    for (let near = row - 1; near <= row + 1; near++) {
      const level = mean[near];
      if (level === undefined) continue;
      least = Math.min(least, level);
      most = Math.max(most, level);
    }
  return most - least;
}
