import { absorbStill, followUncertain, learnMotion, learnUncertain } from './background-model.ts';
import { thresholdSquared } from './change.ts';
import type { Comparison } from './comparison.ts';
import type { Verdict } from './judge.ts';
import type { Labelling } from './labelling.ts';
import { QUIET } from './labelling.ts';

/** After a jump of light the rest is taken over by this share a frame. */
const LIGHT_REST_SHARE = 0.5;

/** What light does to the picture. */
export interface LightState {
  /** A jump of it has just left more than objects make. */
  readonly hasJumped: boolean;
  /** Local light moves. */
  readonly isLit: boolean;
}

/**
 * What active cells teach the model; leaves cells of motion marked in `change.levels`. While the picture is lit by
 * moving light they teach no noise: what light leaves of an object is too little to be motion at once, and would
 * blind its cells before it is.
 */
export function learnActive(
  { model, current, rates, thresholds, change }: Comparison,
  labelling: Labelling,
  verdict: Verdict,
  { hasJumped, isLit }: LightState,
): void {
  markMotion(labelling, verdict, change.levels);
  for (let index = 0; index < change.activeCount; index++) {
    const cell = change.active[index]!;
    const apart = change.difference[cell]!;
    const limit = thresholdSquared(model.variance[cell]!, thresholds);
    if (hasJumped) model.mean[cell]! += LIGHT_REST_SHARE * apart;
    else if (change.levels[cell] !== QUIET) learnMotion(model, cell, limit, rates);
    else if (isLit) followUncertain(model, cell, apart, rates);
    else learnUncertain(model, cell, apart, limit, rates);
    absorbStill(model, cell, current[cell]!, change.moving[cell] !== 0, rates.seconds);
  }
}

function markMotion(
  { count, components, members }: Labelling,
  { isMotion }: Verdict,
  levels: Uint8Array,
): void {
  levels.fill(QUIET);
  for (let index = 0; index < count; index++) {
    if (isMotion[index] === 0) continue;
    const { from, cells } = components[index]!;
    for (let at = from; at < from + cells; at++) levels[members[at]!] = 1;
  }
}
