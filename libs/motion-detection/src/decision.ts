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
  /** The main cause when something changed and the frame is no motion; else 'none'. */
  suppressed: Suppression;
  /** Everything in this frame that was recognised as something else than motion, with motion beside it or not. */
  causes: readonly Suppression[];
  /** How far the picture stands away from the background, source pixels; zero while the camera is steady. */
  shift: { readonly dx: number; readonly dy: number };
  /** How the light of the whole picture changed since the frame before: now = gain * before + offset (levels). */
  light: { readonly gain: number; readonly offset: number };
}

/** A decision that is written anew for each frame. */
export interface DecisionRecord extends GateDecision {
  regions: MotionRegion[];
  causes: Suppression[];
  shift: { dx: number; dy: number };
  light: { gain: number; offset: number };
}

export function createDecision(threshold: number): DecisionRecord {
  return {
    motion: false,
    score: 0,
    threshold,
    noise: 0,
    regions: [],
    suppressed: 'none',
    causes: [],
    shift: { dx: 0, dy: 0 },
    light: { gain: 1, offset: 0 },
  };
}

/** Before a frame is looked at. */
export function clearDecision(decision: DecisionRecord): void {
  decision.motion = false;
  decision.score = 0;
  decision.regions.length = 0;
  decision.suppressed = 'none';
  decision.causes.length = 0;
  decision.shift.dx = decision.shift.dy = 0;
  decision.light.gain = 1;
  decision.light.offset = 0;
}
