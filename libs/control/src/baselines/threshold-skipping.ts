import type { CameraRule } from './per-camera.ts';
import { atRate, rateLadder } from './per-camera.ts';

interface Own {
  /** Index in the ladder of frame rates. */
  readonly rung: number;
  readonly calmSeconds: number;
}

export interface ThresholdOptions {
  /** Latencies over the objective above which a step more is skipped, and below which one less. */
  readonly high: number;
  readonly low: number;
  readonly calmSeconds: number;
}

/**
 * Frame skipping by thresholds on the measured latency, as the STACK team's prototype adapts (Sidi, Balouek, Jonglez,
 * UCC 2025, arXiv 2601.14923): a step down while it is above, a step up when it was below for a while.
 */
export function thresholdSkipping({ high, low, calmSeconds }: ThresholdOptions): CameraRule<Own> {
  return {
    name: 'threshold-skipping',
    init: (settings) => ({ rung: rateLadder(settings).length - 1, calmSeconds: 0 }),
    next(own, { settings, lateness }) {
      const ladder = rateLadder(settings);
      const calm = lateness < low ? own.calmSeconds + 1 : 0;
      let next: Own = { rung: own.rung, calmSeconds: calm };
      if (lateness > high) next = { rung: Math.max(0, own.rung - 1), calmSeconds: 0 };
      else if (calm >= calmSeconds)
        next = { rung: Math.min(ladder.length - 1, own.rung + 1), calmSeconds: 0 };
      return { own: next, setting: ladder[next.rung] ?? atRate(ladder, 1) };
    },
  };
}
