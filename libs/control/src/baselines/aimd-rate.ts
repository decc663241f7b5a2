import type { CameraRule } from './per-camera.ts';
import { atRate, rateLadder } from './per-camera.ts';

interface Own {
  readonly framesPerSecond: number;
}

export interface AimdOptions {
  readonly late: number;
  /** Frames/s that a calm second adds, and what is left of the rate after a late one. */
  readonly increase: number;
  readonly decrease: number;
}

/** Additive increase, multiplicative decrease (Chiu, Jain 1989; Jacobson 1988) of the frame rate. */
export function aimdRate({ late, increase, decrease }: AimdOptions): CameraRule<Own> {
  return {
    name: 'aimd-rate',
    init: (settings) => ({ framesPerSecond: rateLadder(settings).at(-1)?.framesPerSecond ?? 1 }),
    next(own, { settings, lateness }) {
      const ladder = rateLadder(settings);
      const [least, most] = [ladder[0]?.framesPerSecond ?? 1, ladder.at(-1)?.framesPerSecond ?? 1];
      const rate = lateness > late ? own.framesPerSecond * decrease : own.framesPerSecond + increase;
      const framesPerSecond = Number.isNaN(lateness)
        ? own.framesPerSecond
        : Math.min(most, Math.max(least, rate));
      return { own: { framesPerSecond }, setting: atRate(ladder, framesPerSecond) };
    },
  };
}
