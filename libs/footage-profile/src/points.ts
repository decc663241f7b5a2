import type { ProfilePoint } from '@framegate/control';
import { f1Of } from './agreement.ts';
import type { LookTally } from './tally.ts';

/** A setting as it was measured. */
export interface MeasuredPoint extends ProfilePoint {
  /** F1 against what was really there, 0..1; only where all clips tell. */
  readonly truthAccuracy?: number;
}

/** A point for each look and rate: mean bytes, median service time, F1. */
export function pointsOf(tallies: readonly LookTally[], hasTruth: boolean): MeasuredPoint[] {
  return tallies.flatMap(({ look, bytes, serviceMs, rates }) =>
    rates.map(({ framesPerSecond, withTop, withTruth }) => ({
      framesPerSecond,
      ...look,
      accuracy: f1Of(withTop),
      bytesPerFrame: Math.round(mean(bytes)),
      serviceMs: median(serviceMs),
      ...(hasTruth ? { truthAccuracy: f1Of(withTruth) } : {}),
    })),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? 0, sorted[sorted.length >> 1] ?? 0];
  return (low + high) / 2;
}
