import type { CameraRule } from './per-camera.ts';
import { atRate, rateLadder } from './per-camera.ts';

interface Own {
  /** Frame rate as a share of the highest. */
  readonly share: number;
  readonly error: number;
}

export interface PiOptions {
  /** Wanted latency over the objective. */
  readonly setPoint: number;
  readonly proportional: number;
  readonly integral: number;
}

/**
 * A proportional-integral controller from latency to frame rate, in velocity form: the clamped output is what is
 * integrated, so nothing winds up while it is saturated (Åström, Hägglund, Advanced PID Control, 2006). The error
 * is cut at +-1, because one second of 10 s latencies says no more than one of 1 s.
 */
export function piLatency({ setPoint, proportional, integral }: PiOptions): CameraRule<Own> {
  return {
    name: 'pi-latency',
    init: () => ({ share: 1, error: 0 }),
    next(own, { settings, lateness }) {
      const ladder = rateLadder(settings);
      const most = ladder.at(-1)?.framesPerSecond ?? 1;
      if (Number.isNaN(lateness)) return { own, setting: atRate(ladder, own.share * most) };
      const error = Math.min(1, Math.max(-1, setPoint - lateness));
      const change = proportional * (error - own.error) + integral * error;
      const least = (ladder[0]?.framesPerSecond ?? 1) / most;
      const share = Math.min(1, Math.max(least, own.share + change));
      return { own: { share, error }, setting: atRate(ladder, share * most) };
    },
  };
}
