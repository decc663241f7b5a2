import type { MotionRegion } from './regions.ts';

/** Why something that changed was not called motion. */
export type Suppression =
  | 'none'
  /** Start, reconnect, new size: the background is being learned. */
  | 'settling'
  /** The light of the whole picture changed. */
  | 'global-light'
  /** A wide, soft change: a cloud's shadow, the glow of headlights. */
  | 'soft-light'
  /** A few changes that didn't stay: blinking, an insect. */
  | 'flicker'
  /** Many changes that didn't stay: rain, snow. */
  | 'precipitation'
  /** The picture moved as a whole. */
  | 'shake'
  /** Something is there that doesn't move. */
  | 'still';

export interface GateDecision {
  motion: boolean;
  /** 0..1, of the strongest region: motion when it reaches `threshold`. */
  score: number;
  threshold: number;
  /** Typical standard deviation of a cell, in brightness levels. */
  noise: number;
  /** Where motion is, in source pixels; merged and few. Empty without motion. */
  regions: readonly MotionRegion[];
  suppressed: Suppression;
}
