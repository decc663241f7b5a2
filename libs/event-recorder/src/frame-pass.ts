import type { Detection, FrameId } from '@framegate/contracts';
import { isAfter } from '@framegate/contracts';
import type { Track, Tracker, TrackerOptions, TrackEvent } from '@framegate/object-tracking';
import { createTracker } from '@framegate/object-tracking';
import { shortFrameId } from './appearance-of.ts';

/** Frames of one camera that are followed in the order in which they were captured, whatever its site's clock does. */
export interface FramePass {
  /** Whether the frame was captured after all that were followed. */
  goesOnWith(frame: FrameOrder): boolean;
  see(detection: Detection): TrackEvent[];
  endSilent(nowUs: number): TrackEvent[];
  endAll(): TrackEvent[];
  resume(track: Track): void;
  absorb(id: string, part: Track): void;
}

type FrameOrder = Pick<FrameId, 'epoch' | 'seq'>;

/** An offset between clocks is measured again and again: it goes back by so much without a clock having been set. */
const correctionUs = 1e6;

/** @param newest that was followed before; undefined: none was */
export function createFramePass(options: TrackerOptions, newest: FrameOrder | undefined): FramePass {
  let tracker: Tracker = createTracker(options);
  return {
    goesOnWith: (frame) => newest === undefined || isAfter(frame, newest),
    see(detection) {
      const { captured } = detection.timesUs;
      // What was seen by another clock can't be followed by this one.
      const isSetBack = captured < tracker.nowUs - correctionUs;
      const ended = isSetBack ? tracker.endAll() : [];
      if (isSetBack) tracker = createTracker(options);
      newest = { epoch: detection.epoch, seq: detection.seq };
      const atUs = Math.max(captured, tracker.nowUs);
      return [...ended, ...tracker.frame(shortFrameId(detection), atUs, detection.objects)];
    },
    endSilent: (nowUs) => tracker.endSilent(nowUs),
    endAll: () => tracker.endAll(),
    resume: (track) => tracker.resume(track),
    absorb: (id, part) => void tracker.absorb(id, part),
  };
}
