import type { Detection } from '@framegate/detection';
import type { Agreement, Expected } from './agreement.ts';
import { agreementOf, noAgreement, sumOf } from './agreement.ts';
import type { Grid, Look } from './grid.ts';
import { looksOf } from './grid.ts';

/** What one look at one frame gave. */
export interface Sight {
  readonly detections: readonly Detection[];
  readonly bytes: number;
  readonly serviceMs: number;
}

/** What was counted of one look. */
export interface LookTally {
  readonly look: Look;
  readonly bytes: number[];
  readonly serviceMs: number[];
  readonly rates: readonly RateTally[];
}

/** What a consumer saw of one look at one frame rate. */
export interface RateTally {
  readonly framesPerSecond: number;
  /** The last result, which holds until the next one. */
  held: readonly Detection[];
  withTop: Agreement;
  withTruth: Agreement;
}

export function createTally(grid: Grid): LookTally[] {
  return looksOf(grid).map((look) => ({
    look,
    bytes: [],
    serviceMs: [],
    rates: grid.rates.map((framesPerSecond) => ({
      framesPerSecond,
      held: [],
      withTop: noAgreement,
      withTruth: noAgreement,
    })),
  }));
}

/** Another clip begins: what was seen last is none of its objects. */
export function forgetHeld(tallies: readonly LookTally[]): void {
  for (const { rates } of tallies) for (const rate of rates) rate.held = [];
}

/**
 * Counts one source frame of one look. `sight` may be missing where no rate takes the frame.
 *
 * @param taken the rates that take this frame; at all others the last result holds
 */
export function countFrame(
  tally: LookTally,
  sight: Sight | undefined,
  taken: ReadonlySet<number>,
  { top, truth }: { readonly top: readonly Expected[]; readonly truth: readonly Expected[] },
): void {
  if (sight && taken.size > 0) {
    tally.bytes.push(sight.bytes);
    tally.serviceMs.push(sight.serviceMs);
  }
  for (const rate of tally.rates) {
    if (sight && taken.has(rate.framesPerSecond)) rate.held = sight.detections;
    rate.withTop = sumOf(rate.withTop, agreementOf(rate.held, top));
    rate.withTruth = sumOf(rate.withTruth, agreementOf(rate.held, truth));
  }
}
