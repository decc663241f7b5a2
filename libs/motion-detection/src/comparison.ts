import type { BackgroundModel, Rates } from './background-model.ts';
import { createRates } from './background-model.ts';
import type { Change } from './change.ts';
import type { Thresholds } from './sensitivity.ts';
import { thresholdsOf } from './sensitivity.ts';

/** A frame beside the background that it is compared with, by what measure, and what came of it. */
export interface Comparison {
  readonly model: BackgroundModel;
  /** The frame's cells. */
  readonly current: Float32Array;
  /** 1 where a mask silences the cell. */
  readonly silenced: Uint8Array;
  readonly rates: Rates;
  thresholds: Thresholds;
  readonly change: Change;
}

/** By rates and thresholds that are set with each frame. */
export function createComparison(
  model: BackgroundModel,
  current: Float32Array,
  silenced: Uint8Array,
  change: Change,
): Comparison {
  return { model, current, silenced, rates: createRates(), thresholds: thresholdsOf(50), change };
}
