import type { GateDecision, Suppression } from '@framegate/motion-detection';

/** Left, top, width, height in pixels of the source. */
export type RegionBox = readonly [x: number, y: number, width: number, height: number];

/** What the gate made of one frame. */
export interface FrameRecord {
  readonly frame: number;
  readonly timeSeconds: number;
  readonly motion: boolean;
  readonly score: number;
  readonly threshold: number;
  readonly noise: number;
  /** Why a change was not called motion. */
  readonly suppressed: Suppression;
  readonly regions: readonly RegionBox[];
}

/** A decision is the gate's own object and valid until the next: this is a copy. */
export function recordOf(frame: number, timeSeconds: number, decision: GateDecision): FrameRecord {
  const { motion, score, threshold, noise, suppressed, regions } = decision;
  return {
    frame,
    timeSeconds,
    motion,
    score: rounded(score),
    threshold,
    noise: rounded(noise),
    suppressed,
    regions: regions.map(({ x, y, width, height }) => [x, y, width, height]),
  };
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

/** Rounded down: what was stopped must not look like the threshold. */
export function scoreText(score: number): string {
  return (Math.floor(score * 100) / 100).toFixed(2);
}
