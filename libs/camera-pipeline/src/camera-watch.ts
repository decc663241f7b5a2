import type { MotionGate } from '@framegate/motion-detection';
import { createPacketWatch, createWatchTrust } from '@framegate/packet-watch';
import type { LumaView, PacketJudge } from '@framegate/video-source';
import type { CameraSettings } from './camera-settings.ts';

/** Watches a camera by its packets and key frames while nothing moves (docs/decisions/0005). */
export interface CameraWatch extends PacketJudge {
  /** Told of each frame that the gate has judged. */
  gated(frame: LumaView & { readonly keyFrame: boolean }, motion: boolean, atUs: number): void;
  /** The next packets are of another stream or size. */
  reset(): void;
}

export interface CameraWatchOptions {
  readonly settings: () => CameraSettings;
  /** Sees key frames only, so that what is new in one stands out from those before it. */
  readonly keyFrameGate: MotionGate;
  /** A key frame is wanted for its own sake: a keep-alive is due. */
  readonly keyFrameWanted: (atUs: number) => boolean;
  /** Told why all frames are decoded although packets are to be watched; '' when they are watched. */
  readonly onMode: (whyDecoding: string) => void;
}

/** The gate must have been silent for this long before packets are trusted with the watch, µs. */
const quietUs = 1_000_000;
/** After a suspicion that the gate does not share, frames are decoded for this long, µs: it needs 0.2 s. */
const checkUs = 200_000;
/** A key frame is looked at when the last one is as old as this, µs: with one every 2 s every other one. */
const lookEveryUs = 3_500_000;
/** Or when frames before it were larger than still ones by this much in all, in standard deviations: one is cheap. */
const waryScore = 1;
/** Motion after so long without is an event, which packets should have announced by so long after, µs. */
const eventGapUs = 5_000_000;
const announceUs = 500_000;

export function createCameraWatch(options: CameraWatchOptions): CameraWatch {
  const { settings, keyFrameGate, keyFrameWanted, onMode } = options;
  const packets = createPacketWatch();
  const trust = createWatchTrust();
  let lastMotionUs = Number.NEGATIVE_INFINITY;
  let lastKeyFrameUs = Number.NEGATIVE_INFINITY;
  let suspectedAtUs = Number.NEGATIVE_INFINITY;
  /** What woke the decoder, until the gate agrees or `checkUs` have passed. */
  let woken: { readonly by: 'packets' | 'key frame'; readonly atUs: number } | undefined;
  /** An event that the decoder saw, and no packet has announced so far. */
  let unannouncedAtUs: number | undefined;
  /** Packets are not suspicious, but a key frame is worth a look. */
  let wary = false;
  let whyDecoding: string | undefined;

  function mayRest(atUs: number): boolean {
    const { watching, postRollSeconds } = settings();
    const quiet = Math.max(quietUs, postRollSeconds * 1e6);
    return watching === 'packets' && whyDecoding === '' && atUs - lastMotionUs > quiet;
  }

  function reconsider(atUs: number): void {
    const why = whyNot(atUs);
    if (why === whyDecoding) return;
    const told = settings().watching === 'packets' && why !== 'learning';
    whyDecoding = why;
    if (told) onMode(why);
  }

  function whyNot(atUs: number): string {
    if (!trust.holds(atUs)) return 'its packets announce too much that is nothing, or too little that is';
    const watchability = packets.watchability();
    if (watchability.is === 'unwatchable') return watchability.why;
    return watchability.is === 'learning' ? 'learning' : '';
  }

  function missed(atUs: number): void {
    packets.wasMissed();
    trust.missed(atUs);
  }

  /** Settles what has been open for long enough. */
  function settle(atUs: number): void {
    if (woken && atUs - woken.atUs > checkUs) {
      if (woken.by === 'packets') {
        packets.wasFalse();
        trust.falseAlarm(atUs);
      }
      woken = undefined;
    }
    if (unannouncedAtUs !== undefined && atUs - unannouncedAtUs > announceUs) {
      if (suspectedAtUs < unannouncedAtUs - 2 * announceUs) missed(atUs);
      unannouncedAtUs = undefined;
    }
  }

  function isDue(atUs: number): boolean {
    return atUs - lastKeyFrameUs >= lookEveryUs || keyFrameWanted(atUs);
  }

  function see(keyFrame: LumaView, atUs: number): boolean {
    lastKeyFrameUs = atUs;
    const { motion, suppressed } = keyFrameGate.process(keyFrame, atUs);
    return !motion && (suppressed === 'none' || suppressed === 'still' || suppressed === 'soft-light');
  }

  return {
    get keepUs() {
      return settings().preRollSeconds * 1e6;
    },
    judge(packet) {
      const { atUs } = packet;
      settle(atUs);
      const { suspicious, score } = packets.look(packet, atUs - lastMotionUs > quietUs);
      wary = score >= waryScore;
      if (suspicious) suspectedAtUs = atUs;
      if (packet.keyFrame) reconsider(atUs);
      if (!mayRest(atUs)) return 'decode';
      if (suspicious) woken ??= { by: 'packets', atUs };
      if (woken) return 'decode';
      return packet.keyFrame && (wary || isDue(atUs)) ? 'look' : 'rest';
    },
    isCalm(keyFrame, atUs) {
      const calm = see(keyFrame, atUs);
      if (!calm) woken = { by: wary ? 'packets' : 'key frame', atUs };
      return calm;
    },
    gated(frame, motion, atUs) {
      // Within a millisecond it is the one that `isCalm` was asked of.
      if (frame.keyFrame && atUs > lastKeyFrameUs + 1000) see(frame, atUs);
      if (!motion) return;
      if (atUs - lastMotionUs > eventGapUs && whyDecoding === '') {
        if (woken?.by === 'key frame') missed(atUs);
        else if (!woken) unannouncedAtUs = atUs;
      }
      woken = undefined;
      lastMotionUs = atUs;
    },
    reset() {
      packets.reset();
      keyFrameGate.reset('reconnect');
      woken = undefined;
      whyDecoding = undefined;
      unannouncedAtUs = undefined;
    },
  };
}
