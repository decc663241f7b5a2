import type { Detection } from '@framegate/contracts';
import { correctionUs, latencyMs } from '@framegate/contracts';
import type { FollowedFrames, RunObserver } from '@framegate/run-observer';
import { startTicker } from '@framegate/service-kit';
import type { PictureHeader } from '../protocol/live.ts';
import type { Picture } from './pair-pictures.ts';
import { createPicturePairs } from './pair-pictures.ts';

/** The newest picture of each camera, for all viewers. */
export interface LiveFeed {
  newest(cameraId: string): Picture | undefined;
  /** Called with the camera of each newer picture. @returns the function that ends this */
  onPicture(listener: (cameraId: string) => void): () => void;
  close(): Promise<void>;
}

/** A detection that takes longer than this is not waited for: the picture is shown without boxes. */
const waitMs = 1500;
const lookEveryMs = 250;

/** Brings the frames of all sites together with what was found in them. */
export function createLiveFeed(
  frames: Pick<FollowedFrames, 'onFrame'>,
  run: Pick<RunObserver, 'onDetection'>,
): LiveFeed {
  const pairs = createPicturePairs(waitMs);
  const newest = new Map<string, Picture>();
  const listeners = new Set<(cameraId: string) => void>();
  const show = (picture: Picture | undefined): void => {
    if (!picture) return;
    newest.set(picture.frame.cameraId, picture);
    for (const listener of listeners) listener(picture.frame.cameraId);
  };

  run.onDetection((detection) => show(pairs.detection(detection)));
  const stopFrames = frames.onFrame((frame) => {
    // What comes late out of a site's spool is history, not live.
    if (frame.kind !== 'backfill')
      show(pairs.frame({ ...frame, capturedAtUs: onCloudClock(frame) }, performance.now()));
  });
  const ticker = startTicker(
    lookEveryMs,
    async () => pairs.overdue(performance.now()).forEach(show),
    () => {},
  );
  return {
    newest: (cameraId) => newest.get(cameraId),
    onPicture(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      await ticker.stop();
      stopFrames();
    },
  };
}

function onCloudClock({ capturedAtUs, clock }: Picture['frame']): number {
  return capturedAtUs + correctionUs(clock);
}

export function headerOf({ frame, detection }: Picture, number: number): PictureHeader {
  return {
    number,
    cameraId: frame.cameraId,
    kind: frame.kind,
    capturedAtUs: frame.capturedAtUs,
    sourceWidth: frame.sourceWidth,
    sourceHeight: frame.sourceHeight,
    regions: frame.regions,
    objects: detection ? detection.objects.map(roundedObject) : null,
    latencyMs: detection ? Math.round(latencyMs(detection)) : null,
  };
}

function roundedObject({ box, className, score, zones }: Detection['objects'][number]) {
  const [x, y, width, height] = box;
  const whole = [Math.round(x), Math.round(y), Math.round(width), Math.round(height)] as const;
  return { box: whole, className, score: Math.round(score * 100) / 100, zones };
}
