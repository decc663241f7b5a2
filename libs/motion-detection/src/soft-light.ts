import type { BackgroundModel } from './background-model.ts';
import { thresholdSquared } from './change.ts';
import type { Comparison } from './comparison.ts';
import type { Grid } from './grid.ts';
import { QUIET } from './labelling.ts';
import type { Thresholds } from './sensitivity.ts';
import { createSurround } from './surround.ts';

/** Local light: the shadows of clouds, the beams of headlights. */
export interface SoftLight {
  /** True while such light lies on the picture. */
  readonly isLit: boolean;
  /**
   * Looks at the picture in the background's light: divides it by the change of light around each cell, and takes
   * as unchanged what the error of that change explains.
   */
  normalise(comparison: Comparison): void;
  /** Quiets the active cells that differ no more than their surround does. True when there were some. */
  discount(comparison: Comparison): boolean;
  forget(): void;
}

/** Below this share of active cells soft light is not looked for. */
const LOOK_SHARE = 0.01;
/** Light that covers this share of the picture is normalised from the next frame on, for so long. */
const LIT_SHARE = 0.04;
const LIT_SECONDS = 1;
/** It is light where it changes the brightness by so many levels. */
const LIT_LEVELS = 6;
/** The surround is not the cell: its change of light is wrong by up to so much of itself, and of its slope. */
const SHARE_ERROR = 0.1;
const SLOPE_ERROR = 0.25;
/** The near surround of a cell reaches so many cells each way. */
const REACH = 2;

export function createSoftLight(grid: Grid): SoftLight {
  const surround = createSurround(grid);
  const { columns, rows } = grid;
  const shares = new Float32Array(columns * rows);
  const slopes = new Float32Array(columns * rows);
  let litSeconds = 0;

  function explains(
    model: BackgroundModel,
    thresholds: Thresholds,
    cell: number,
    apart: number,
    share: number,
  ): boolean {
    const sharp = apart - share * model.mean[cell]!;
    return sharp * apart <= 0 || sharp * sharp <= thresholdSquared(model.variance[cell]!, thresholds);
  }

  return {
    get isLit() {
      return litSeconds > 0;
    },
    normalise({ model: { mean }, current, rates }) {
      surround.update(current, mean);
      surround.writeShares(shares);
      surround.writeSlopes(slopes);
      let covered = 0;
      for (let cell = 0; cell < current.length; cell++) {
        const share = shares[cell]!;
        const change = share * mean[cell]!;
        if (Math.abs(change) > LIT_LEVELS) covered++;
        // The background follows what stays.
        const followed = 1 + rates.quiet * share;
        const level = mean[cell]! * followed;
        const error = (SHARE_ERROR * Math.abs(share) + SLOPE_ERROR * slopes[cell]!) * Math.abs(level);
        mean[cell] = level;
        current[cell] = level + beyond((current[cell]! * followed) / (1 + share) - level, error);
      }
      litSeconds = covered >= LIT_SHARE * current.length ? LIT_SECONDS : litSeconds - rates.seconds;
    },
    discount({ model, current, rates, thresholds, change }) {
      const wasLit = litSeconds > 0;
      const { active, activeCount, difference } = change;
      if (!wasLit) {
        if (activeCount <= LOOK_SHARE * current.length) return false;
        surround.update(current, model.mean);
        surround.writeShares(shares);
      }
      let kept = 0;
      for (let index = 0; index < activeCount; index++) {
        const cell = active[index]!;
        const apart = difference[cell]!;
        const share = wasLit ? shareAround(current, model.mean, columns, rows, cell) : shares[cell]!;
        if (!explains(model, thresholds, cell, apart, share)) {
          active[kept++] = cell;
          continue;
        }
        change.levels[cell] = QUIET;
        model.mean[cell]! += rates.quiet * apart;
      }
      change.activeCount = kept;
      if (!wasLit && activeCount - kept >= LIT_SHARE * current.length) litSeconds = LIT_SECONDS;
      return kept < activeCount;
    },
    forget() {
      litSeconds = 0;
    },
  };
}

/**
 * What is left of a difference less an error, which doesn't turn its sign: the positive part of `apart - error` and
 * the negative one of `apart + error`, without branches, which chance would decide.
 */
function beyond(apart: number, error: number): number {
  const above = apart - error;
  const below = apart + error;
  return 0.5 * (above + Math.abs(above) + (below - Math.abs(below)));
}

/** By what share the brightness changed in the 5x5 cells around a cell. */
function shareAround(
  current: Float32Array,
  mean: Float32Array,
  columns: number,
  rows: number,
  cell: number,
): number {
  const row = (cell / columns) | 0;
  const left = Math.max(0, Math.min(columns - 1 - 2 * REACH, cell - row * columns - REACH));
  const top = Math.max(0, Math.min(rows - 1 - 2 * REACH, row - REACH));
  let now = 1;
  let before = 1;
  for (let y = top; y <= top + 2 * REACH; y++)
    for (let at = y * columns + left, end = at + 2 * REACH; at <= end; at++) {
      now += current[at]!;
      before += mean[at]!;
    }
  return now / before - 1;
}
