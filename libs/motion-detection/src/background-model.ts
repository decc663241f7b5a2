import type { Block } from './blocks.ts';

/**
 * What each cell looks like when nothing happens: a running Gaussian (Wren et al., Pfinder, 1997), a short
 * memory of the last moments, and the look it had before something came to rest there.
 */
export interface BackgroundModel {
  mean: Float32Array;
  /** Of the difference to `mean`, levels squared. */
  variance: Float32Array;
  /** Mean of the last third of a second: what differs from it moves now. */
  recent: Float32Array;
  /** The background before it was replaced by something that stands still, or NO_LOOK. */
  former: Float32Array;
  /** For how long a differing cell has not moved, in seconds. */
  stillSeconds: Float32Array;
}

/** Shares by which one frame moves the model. */
export interface Rates {
  quiet: number;
  uncertain: number;
  variance: number;
  recent: number;
  seconds: number;
}

export const NO_LOOK = -1000;

const QUIET_SECONDS = 1.6;
const UNCERTAIN_SECONDS = 6;
const VARIANCE_SECONDS = 10;
const RECENT_SECONDS = 0.25;
/** A thing that stands still this long becomes background. */
const ABSORB_SECONDS = 2;
/** How fast motion becomes noise, relative to what is not motion. */
const MOTION_SHARE = 1 / 2;
const FIRST_VARIANCE = 4;
/** Quantisation alone makes about this much. */
export const LEAST_VARIANCE = 0.25;

export function createBackgroundModel(cells: number): BackgroundModel {
  return {
    mean: new Float32Array(cells),
    variance: new Float32Array(cells),
    recent: new Float32Array(cells),
    former: new Float32Array(cells),
    stillSeconds: new Float32Array(cells),
  };
}

export function createRates(): Rates {
  return { quiet: 0, uncertain: 0, variance: 0, recent: 0, seconds: 0 };
}

/**
 * Rates for a frame that comes `seconds` after the one before, as the `frames`-th since the beginning: the
 * noise is a plain average at first, so that what moves from the start (leaves) is learned soon.
 */
export function setRates(into: Rates, seconds: number, frames: number): void {
  into.quiet = share(seconds, QUIET_SECONDS);
  into.uncertain = share(seconds, UNCERTAIN_SECONDS);
  into.variance = Math.max(1 / (frames + 4), share(seconds, VARIANCE_SECONDS));
  into.recent = share(seconds, RECENT_SECONDS);
  into.seconds = seconds;
}

/** dt / (tau + dt) in place of 1 - exp(-dt / tau): the same on every machine, and never above 1. */
function share(seconds: number, tauSeconds: number): number {
  return seconds / (tauSeconds + seconds);
}

/** A block without change, seen in one frame of `turns`: mean and noise learn for all of them at once. */
export function learnQuietBlock(
  { mean, variance }: BackgroundModel,
  current: Float32Array,
  columns: number,
  { left, top, right, bottom }: Block,
  rates: Rates,
  turns: number,
): void {
  const meanShare = share(turns * rates.seconds, QUIET_SECONDS);
  const varianceShare = Math.min(0.5, turns * rates.variance);
  for (let row = top; row < bottom; row++)
    for (let cell = row * columns + left, end = row * columns + right; cell < end; cell++) {
      const apart = current[cell]! - mean[cell]!;
      const spread = variance[cell]!;
      mean[cell]! += meanShare * apart;
      variance[cell] = Math.max(LEAST_VARIANCE, spread + varianceShare * (apart * apart - spread));
    }
}

/** A block wakes: in its last moments it looked like the background. */
export function refreshRecent(
  { mean, recent }: BackgroundModel,
  columns: number,
  { left, top, right, bottom }: Block,
): void {
  for (let row = top; row < bottom; row++)
    for (let cell = row * columns + left, end = row * columns + right; cell < end; cell++)
      recent[cell] = mean[cell]!;
}

export function beginModel(model: BackgroundModel, current: Float32Array): void {
  model.mean.set(current);
  model.recent.set(current);
  model.variance.fill(FIRST_VARIANCE);
  model.former.fill(NO_LOOK);
  model.stillSeconds.fill(0);
}

/** Takes the picture for the background's new look; what is known of the noise stays. */
export function retakeModel(
  { mean, recent, former, stillSeconds }: BackgroundModel,
  current: Float32Array,
): void {
  mean.set(current);
  recent.set(current);
  former.fill(NO_LOOK);
  stillSeconds.fill(0);
}

/** Takes a frame in whole, as the `frames`-th since the beginning: plain averages at first. */
export function settleModel(
  model: BackgroundModel,
  current: Float32Array,
  frames: number,
  rates: Rates,
): void {
  const { mean, variance, recent } = model;
  const meanShare = Math.max(rates.quiet, 1 / (frames + 1));
  for (let cell = 0; cell < mean.length; cell++) {
    const now = current[cell]!;
    const difference = now - mean[cell]!;
    mean[cell]! += meanShare * difference;
    variance[cell]! += rates.variance * (difference * difference - variance[cell]!);
    recent[cell]! += rates.recent * (now - recent[cell]!);
  }
}

/** Applies a change of light to everything remembered. */
export function relight(model: BackgroundModel, gain: number, offset: number): void {
  const { mean, recent, former } = model;
  for (let cell = 0; cell < mean.length; cell++) {
    mean[cell] = gain * mean[cell]! + offset;
    recent[cell] = gain * recent[cell]! + offset;
    if (former[cell]! !== NO_LOOK) former[cell] = gain * former[cell]! + offset;
  }
}

/**
 * What differs, but is not (yet) an object: rain, leaves, blinking. It widens the noise; the difference is
 * capped at twice the threshold so that one passer-by doesn't blind the cell.
 */
export function learnUncertain(
  model: BackgroundModel,
  cell: number,
  difference: number,
  thresholdSquared: number,
  rates: Rates,
): void {
  const squared = Math.min(difference * difference, 4 * thresholdSquared);
  followUncertain(model, cell, difference, rates);
  model.variance[cell]! += rates.variance * (squared - model.variance[cell]!);
}

/** The same without a lesson about the noise. */
export function followUncertain(
  model: BackgroundModel,
  cell: number,
  difference: number,
  rates: Rates,
): void {
  model.mean[cell]! += rates.uncertain * difference;
}

/** Motion teaches only the noise, and slowly: what goes on for long (leaves) becomes noise, a passer-by doesn't. */
export function learnMotion(
  model: BackgroundModel,
  cell: number,
  thresholdSquared: number,
  rates: Rates,
): void {
  model.variance[cell]! += MOTION_SHARE * rates.variance * (thresholdSquared - model.variance[cell]!);
}

/** Things that came to rest become background; what they covered is remembered for when they leave. */
export function absorbStill(
  model: BackgroundModel,
  cell: number,
  now: number,
  moves: boolean,
  seconds: number,
): void {
  const still = moves ? 0 : model.stillSeconds[cell]! + seconds;
  model.stillSeconds[cell] = still;
  if (still < ABSORB_SECONDS) return;
  model.former[cell] = model.mean[cell]!;
  model.mean[cell] = now;
  model.stillSeconds[cell] = 0;
}

/** What had come to rest has left: its place looks as before. */
export function restoreFormer(model: BackgroundModel, cell: number): void {
  model.mean[cell] = model.former[cell]!;
  model.former[cell] = NO_LOOK;
  model.stillSeconds[cell] = 0;
}
