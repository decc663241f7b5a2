import { createRateSampler } from '@framegate/rate-sampler';
import type { CameraSettings } from './camera-settings.ts';

/** What to do with a frame once the gate has spoken. `hold`: keep it back, an event may follow. */
export type FrameAction = 'send-live' | 'send-keepalive' | 'sample-out' | 'hold' | 'stop';

type Rolls = Pick<
  CameraSettings,
  'framesPerSecond' | 'preRollSeconds' | 'postRollSeconds' | 'keepAliveSeconds'
>;

/**
 * Decides frame by frame: motion and its post-roll are sent at the configured rate, silence is broken by a
 * keep-alive, and what an event may need as pre-roll is held. The gate runs before the rate is thinned.
 */
export interface FramePolicy {
  decide(frame: { readonly motion: boolean; readonly atUs: number }, settings: Rolls): FrameAction;
  /** Whether a frame of that time would leave as keep-alive. */
  keepAliveDue(atUs: number, settings: Rolls): boolean;
  /** How old a held frame may be before it is given up. */
  heldUntilUs(capturedAtUs: number, settings: Rolls): number;
}

export function createFramePolicy(): FramePolicy {
  const sampler = createRateSampler();
  const heldSampler = createRateSampler();
  let lastMotionUs = Number.NEGATIVE_INFINITY;
  let lastSentUs = Number.NEGATIVE_INFINITY;

  function keepAliveDue(atUs: number, { keepAliveSeconds }: Rolls): boolean {
    return keepAliveSeconds > 0 && atUs - lastSentUs >= keepAliveSeconds * 1e6;
  }

  return {
    keepAliveDue,
    decide({ motion, atUs }, settings) {
      if (motion) lastMotionUs = atUs;
      if (atUs - lastMotionUs <= settings.postRollSeconds * 1e6) {
        if (!sampler.accepts(atUs, settings.framesPerSecond)) return 'sample-out';
        lastSentUs = atUs;
        return 'send-live';
      }
      if (keepAliveDue(atUs, settings)) {
        lastSentUs = atUs;
        return 'send-keepalive';
      }
      const mayPrecede = settings.preRollSeconds > 0 && heldSampler.accepts(atUs, settings.framesPerSecond);
      return mayPrecede ? 'hold' : 'stop';
    },
    heldUntilUs: (capturedAtUs, settings) => capturedAtUs + settings.preRollSeconds * 1e6,
  };
}
