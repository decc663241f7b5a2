import type { Detection } from '@framegate/contracts';
import type { Appearance } from '@framegate/history-store';
import type { Track, TrackerOptions, TrackEvent } from '@framegate/object-tracking';
import { joinTracks, partOf } from '@framegate/object-tracking';
import type { PictureSize } from './appearance-of.ts';
import { appearanceId, appearanceOf, trackOf } from './appearance-of.ts';
import type { FrameMarks } from './frame-memory.ts';
import { createFrameMemory, newestOf } from './frame-memory.ts';
import { createFramePass } from './frame-pass.ts';

export interface AppearanceChange {
  /** `joined`: something that came late belongs to it. */
  readonly kind: TrackEvent['kind'] | 'joined';
  readonly appearance: Appearance;
  /** Frame of its best detection, `<epoch>.<seq>`; empty where that is not known any more. */
  readonly bestFrame: string;
}

/** Follows one camera: detections in, appearances out. Knows no store and no clock. */
export interface CameraRecorder {
  /** Nothing for a frame that was followed before. */
  detection(detection: Detection): AppearanceChange[];
  /** Ends what has not been seen for too long, where no frame tells. */
  endSilent(nowUs: number): AppearanceChange[];
  /** Ends the pass of late frames, whose appearances then belong to others or stand for themselves. */
  endLatePass(known: readonly Appearance[]): AppearanceChange[];
  /** Range of the late frames that wait for the end of their pass, µs; undefined while there are none. */
  lateRange(): { readonly fromUs: number; readonly untilUs: number } | undefined;
  marks(): FrameMarks;
  readonly openCount: number;
}

/**
 * @param before marks and open appearances of an earlier run
 */
export function createCameraRecorder(
  cameraId: string,
  options: TrackerOptions,
  before: { readonly marks: FrameMarks; readonly open: readonly Appearance[] },
): CameraRecorder {
  const memory = createFrameMemory(before.marks);
  const live = createFramePass(options, newestOf(before.marks));
  const open = new Set<string>();
  let size: PictureSize = { sourceWidth: 1, sourceHeight: 1 };
  let late = createFramePass(options, undefined);
  let lateRange: { fromUs: number; untilUs: number } | undefined;
  /** Tracks of late passes that are over and not joined yet. */
  let lateTracks: Track[] = [];

  for (const appearance of before.open) {
    live.resume(trackOf(appearance));
    open.add(appearance.id);
    size = appearance;
  }
  const changeOf = (kind: AppearanceChange['kind'], track: Track, isOpen: boolean): AppearanceChange => ({
    kind,
    appearance: appearanceOf(cameraId, size, track, isOpen),
    bestFrame: track.bestFrame,
  });
  const tell = (events: readonly TrackEvent[]): AppearanceChange[] =>
    events.map(({ kind, track }) => {
      const id = appearanceId(cameraId, track);
      if (kind === 'ended') open.delete(id);
      else open.add(id);
      return changeOf(kind, track, kind !== 'ended');
    });
  const beginLatePass = (): void => {
    lateTracks.push(...late.endAll().map(({ track }) => track));
    late = createFramePass(options, undefined);
  };
  const followLate = (detection: Detection): void => {
    const atUs = detection.timesUs.captured;
    // A pass goes forward: one that goes back is another.
    if (!late.goesOnWith(detection)) beginLatePass();
    const ended = late.see(detection).filter(({ kind }) => kind === 'ended');
    lateTracks.push(...ended.map(({ track }) => track));
    lateRange = {
      fromUs: Math.min(atUs, lateRange?.fromUs ?? atUs),
      untilUs: Math.max(atUs, lateRange?.untilUs ?? atUs) + 1,
    };
  };

  return {
    detection(detection) {
      if (!memory.take(detection)) return [];
      const { sourceWidth, sourceHeight } = detection;
      // Boxes in other pixels are those of another picture.
      const isResized = sourceWidth !== size.sourceWidth && open.size > 0;
      const ended = isResized ? tell(live.endAll()) : [];
      size = { sourceWidth, sourceHeight };
      if (live.goesOnWith(detection)) return [...ended, ...tell(live.see(detection))];
      followLate(detection);
      return ended;
    },
    endSilent: (nowUs) => tell(live.endSilent(nowUs)),
    endLatePass(known) {
      beginLatePass();
      const tracks = new Map(known.map((appearance) => [appearance.id, trackOf(appearance)]));
      const changes = lateTracks.map((track) => {
        const whole = partOf(track, [...tracks.values()], options.endAfterUs, options.groupOf);
        if (!whole) return changeOf('joined', track, false);
        live.absorb(whole.id, track);
        const joined = joinTracks(whole, track);
        const id = appearanceId(cameraId, joined);
        tracks.set(id, joined);
        return changeOf('joined', joined, open.has(id));
      });
      lateTracks = [];
      lateRange = undefined;
      return changes;
    },
    lateRange: () => lateRange,
    marks: () => memory.marks(),
    get openCount() {
      return open.size;
    },
  };
}
