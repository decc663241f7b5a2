import type { Rung } from '../action.ts';

/** The rung with no lever above what is wanted. A model is neither more nor less than another. */
export function atMost(rung: Rung, wanted: Rung): Rung {
  return {
    framesPerSecond: Math.min(rung.framesPerSecond, wanted.framesPerSecond),
    width: Math.min(rung.width, wanted.width),
    quality: Math.min(rung.quality, wanted.quality),
    motionSensitivity: Math.min(rung.motionSensitivity, wanted.motionSensitivity),
    model: rung.model,
  };
}
