import type { Detection } from '@framegate/contracts';
import {
  ContractError,
  correctionUs,
  decodeFrame,
  framesTopicPattern,
  latencyMs,
  topicCarriesCamera,
} from '@framegate/contracts';
import type { MessageBus } from '@framegate/message-bus';
import type { RunObserver } from '@framegate/run-observer';
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

/** Follows the frames of all sites, and brings them together with what was found in them. */
export async function followPictures(bus: MessageBus, run: RunObserver): Promise<LiveFeed> {
  const pairs = createPicturePairs(waitMs);
  const newest = new Map<string, Picture>();
  const listeners = new Set<(cameraId: string) => void>();
  const show = (picture: Picture | undefined): void => {
    if (!picture) return;
    newest.set(picture.frame.cameraId, picture);
    for (const listener of listeners) listener(picture.frame.cameraId);
  };

  run.onDetection((detection) => show(pairs.detection(detection)));
  const subscription = await bus.subscribe({
    topics: [framesTopicPattern],
    group: null,
    from: 'latest',
    concurrency: 64,
    handler: async (delivery) => {
      try {
        const frame = decodeFrame(delivery);
        // What comes late out of a site's spool is history, not live.
        if (frame.kind === 'backfill' || !topicCarriesCamera(delivery.topic, frame.cameraId)) return;
        show(pairs.frame({ ...frame, capturedAtUs: onCloudClock(frame) }, performance.now()));
      } catch (error) {
        // The inference tells of it and puts it to quarantine.
        if (!(error instanceof ContractError)) throw error;
      }
    },
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
      await subscription.close();
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
