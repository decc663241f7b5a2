import type { Detection, Frame } from '@framegate/contracts';
import { isAfter } from '@framegate/contracts';

/** A frame with what was found in it; `detection` is null while nobody has looked at it. */
export interface Picture {
  readonly frame: Frame;
  readonly detection: Detection | null;
}

export interface PicturePairs {
  /** @returns the picture that is to be shown now, if there is a newer one */
  frame(frame: Frame, nowMs: number): Picture | undefined;
  detection(detection: Detection): Picture | undefined;
  /** The newest frames whose detection has kept everybody waiting for too long. */
  overdue(nowMs: number): Picture[];
}

interface Waiting {
  readonly frame: Frame;
  readonly sinceMs: number;
}

interface Camera {
  /** The newest that was shown. */
  shown: Pick<Frame, 'epoch' | 'seq'>;
  /** Oldest first. */
  waiting: Waiting[];
  /** Detections whose frame has not been read yet: the topics are read side by side. */
  early: Detection[];
}

const keptFrames = 24;
const keptDetections = 8;

/**
 * Brings frames and their detections together, so that boxes are drawn on the picture in which they were found. A
 * frame is shown with its detection, or bare when none has come within `waitMs`; never one that is older than what
 * was shown before.
 */
export function createPicturePairs(waitMs: number): PicturePairs {
  const cameras = new Map<string, Camera>();
  const cameraOf = (cameraId: string): Camera => {
    let camera = cameras.get(cameraId);
    if (!camera) cameras.set(cameraId, (camera = { shown: { epoch: 0, seq: 0 }, waiting: [], early: [] }));
    return camera;
  };
  const show = (camera: Camera, frame: Frame, detection: Detection | null): Picture => {
    camera.shown = { epoch: frame.epoch, seq: frame.seq };
    camera.waiting = camera.waiting.filter((other) => isAfter(other.frame, frame));
    return { frame, detection };
  };

  return {
    frame(frame, nowMs) {
      const camera = cameraOf(frame.cameraId);
      if (!isAfter(frame, camera.shown)) return undefined;
      const early = camera.early.find((detection) => isOf(detection, frame));
      if (early) return show(camera, frame, early);
      camera.waiting.push({ frame, sinceMs: nowMs });
      if (camera.waiting.length > keptFrames) camera.waiting.shift();
      return undefined;
    },
    detection(detection) {
      const camera = cameraOf(detection.cameraId);
      const own = camera.waiting.find(({ frame }) => isOf(detection, frame));
      if (own) return show(camera, own.frame, detection);
      camera.early.push(detection);
      if (camera.early.length > keptDetections) camera.early.shift();
      return undefined;
    },
    overdue(nowMs) {
      return [...cameras.values()].flatMap((camera) => {
        const newest = camera.waiting.findLast(({ sinceMs }) => nowMs - sinceMs >= waitMs);
        return newest ? [show(camera, newest.frame, null)] : [];
      });
    },
  };
}

function isOf(detection: Detection, frame: Frame): boolean {
  return detection.epoch === frame.epoch && detection.seq === frame.seq;
}
