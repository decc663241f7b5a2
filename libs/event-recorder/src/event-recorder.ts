import type { Detection } from '@framegate/contracts';
import { ContractError, detectionEvent, topicNames } from '@framegate/contracts';
import type { HistoryStore, Thumbnail } from '@framegate/history-store';
import type { MessageBus } from '@framegate/message-bus';
import type { TrackerOptions } from '@framegate/object-tracking';
import { defaultTrackerOptions } from '@framegate/object-tracking';
import { startTicker } from '@framegate/service-kit';
import { z } from 'zod';
import type { AppearanceChange, CameraRecorder } from './camera-recorder.ts';
import { createCameraRecorder } from './camera-recorder.ts';
import type { FrameMarks } from './frame-memory.ts';
import { marksKey } from './marks-key.ts';
import { createOutbox } from './outbox.ts';
import type { FrameSource } from './recent-pictures.ts';
import { keepRecentPictures } from './recent-pictures.ts';
import { createThumbnails } from './thumbnails.ts';

export interface EventRecorderOptions {
  readonly store: HistoryStore;
  /** Of all cameras: thumbnails are cut out of them. */
  readonly frames: FrameSource;
  readonly nowUs: () => number;
  readonly tracker?: TrackerOptions;
  /** Recorders of one group share the cameras, and each goes on where another one ended. */
  readonly group?: string;
  /** How often the store is written to, ms. */
  readonly flushEveryMs?: number;
  /** What live detections changed, as soon as it did. */
  readonly onChange?: (change: AppearanceChange, detection: Detection | undefined) => void;
  /** The store does not take it; it is tried again until it does. */
  readonly onTrouble: (error: unknown) => void;
}

export interface EventRecorder {
  /** Resolves when everything that is in the topic now is in the store. */
  caughtUp(): Promise<void>;
  /** The newest thumbnail of something that goes on, before the store has it. */
  thumbnail(appearanceId: string): Uint8Array | undefined;
  close(): Promise<void>;
}

/** A camera that tells nothing any more for so long is away, and nobody of whom it told stands there for ever. */
const silentUs = 30e6;
/** Late frames wait for their like so long. */
const latePassMs = 5000;
/** What nobody follows any more, as after a crash of all recorders. */
const forgottenUs = 300e6;
const unsettled = 512;

const marksSchema = z.partialRecord(
  z.enum(['live', 'preroll', 'keepalive', 'backfill']),
  z.tuple([z.number(), z.number()]),
);

/**
 * Follows the detections of all cameras and writes down who was seen. A detection counts as read once the store has
 * what follows from it, in one transaction with how far its camera was read: after a crash nothing is missing and
 * nothing is told twice.
 */
export async function startEventRecorder(
  bus: MessageBus,
  options: EventRecorderOptions,
): Promise<EventRecorder> {
  const { store, nowUs, onTrouble } = options;
  const tracker = options.tracker ?? defaultTrackerOptions;
  const cameras = new Map<string, Promise<CameraRecorder>>();
  const lateSinceMs = new Map<string, number>();
  const newestThumbnails = new Map<string, Uint8Array>();
  const pictures = keepRecentPictures(options.frames);
  const thumbnails = createThumbnails(pictures, onTrouble);
  const outbox = createOutbox(store, onTrouble);

  const changed = (change: AppearanceChange, detection?: Detection): void => {
    outbox.appearance(change.appearance);
    thumbnails.changed(change);
    options.onChange?.(change, detection);
  };
  const cameraOf = (cameraId: string): Promise<CameraRecorder> => {
    let camera = cameras.get(cameraId);
    if (!camera) {
      // What is not written yet belongs to what is read here.
      // One waits for the store for all, so that frames stay in order.
      camera = outbox.untilItWorks(async () => {
        await outbox.flush();
        return loadCamera(store, cameraId, tracker);
      });
      cameras.set(cameraId, camera);
      camera.catch(() => cameras.delete(cameraId));
    }
    return camera;
  };
  const take = async (detection: Detection): Promise<void> => {
    const camera = await cameraOf(detection.cameraId);
    for (const change of camera.detection(detection)) changed(change, detection);
    if (camera.lateRange()) lateSinceMs.set(detection.cameraId, performance.now());
    await outbox.progress(detection.cameraId, camera.marks());
  };
  const joinLate = async (cameraId: string): Promise<void> => {
    const camera = await cameraOf(cameraId);
    const range = camera.lateRange();
    lateSinceMs.delete(cameraId);
    if (!range) return;
    // What is not written yet belongs to the known, too.
    await outbox.flush();
    const { items } = await store.findAppearances({
      cameraIds: [cameraId],
      fromUs: range.fromUs - tracker.endAfterUs,
      untilUs: range.untilUs + tracker.endAfterUs,
      limit: 1000,
    });
    for (const change of camera.endLatePass(items)) changed(change);
  };
  const endForgotten = async (): Promise<void> => {
    const untilUs = nowUs() - forgottenUs;
    const { items } = await store.findAppearances({ open: true, untilUs, limit: 1000 });
    const left = items.filter(({ cameraId, endUs }) => endUs < untilUs && !cameras.has(cameraId));
    for (const appearance of left) outbox.appearance({ ...appearance, open: false });
  };

  const subscription = await bus.subscribe({
    topics: [topicNames.detections],
    group: options.group ?? 'framegate-event-recorder',
    from: 'latest',
    concurrency: unsettled,
    // Another one may have followed these cameras meanwhile: what it wrote is read again.
    onPartitions: () => cameras.clear(),
    handler: async (delivery) => {
      const detection = decode(delivery);
      if (detection) await take(detection);
    },
  });
  const flushing = startTicker(
    options.flushEveryMs ?? 500,
    async () => {
      const made = await thumbnails.make(nowUs());
      made.forEach((thumbnail) => remember(newestThumbnails, thumbnail));
      outbox.thumbnails(made);
      await outbox.flush();
      const due = [...lateSinceMs].filter(([, sinceMs]) => performance.now() - sinceMs > latePassMs);
      for (const [cameraId] of due) await joinLate(cameraId);
    },
    onTrouble,
  );
  const tidying = startTicker(
    10_000,
    async () => {
      // Behind on a topic, it is not the cameras that are silent.
      if ((await subscription.lag()) === 0)
        for (const camera of await Promise.all(cameras.values()))
          for (const change of camera.endSilent(nowUs() - silentUs)) changed(change);
      await endForgotten();
    },
    onTrouble,
  );

  return {
    caughtUp: () => subscription.caughtUp(),
    thumbnail: (id) => newestThumbnails.get(id),
    async close() {
      outbox.stopTrying();
      await tidying.stop();
      await flushing.stop();
      const drained = subscription.close();
      await Promise.all([...lateSinceMs.keys()].map((cameraId) => joinLate(cameraId).catch(onTrouble)));
      outbox.thumbnails(await thumbnails.make(Number.MAX_SAFE_INTEGER));
      await outbox.flush().catch(onTrouble);
      await drained;
      pictures.close();
    },
  };
}

async function loadCamera(
  store: HistoryStore,
  cameraId: string,
  tracker: TrackerOptions,
): Promise<CameraRecorder> {
  const [document, open] = await Promise.all([
    store.readDocument(marksKey(cameraId)),
    store.findAppearances({ cameraIds: [cameraId], open: true, limit: 100 }),
  ]);
  const marks: FrameMarks = document ? marksSchema.parse(document.value) : {};
  return createCameraRecorder(cameraId, tracker, { marks, open: open.items });
}

function decode(delivery: Parameters<typeof detectionEvent.decode>[0]): Detection | undefined {
  try {
    return detectionEvent.decode(delivery);
  } catch (error) {
    // Whoever publishes such a message is told by its own readers.
    if (error instanceof ContractError) return undefined;
    throw error;
  }
}

/** For notifications: they are about what is happening now. */
const rememberedThumbnails = 200;

function remember(newest: Map<string, Uint8Array>, { appearanceId, jpeg }: Thumbnail): void {
  newest.delete(appearanceId);
  newest.set(appearanceId, jpeg);
  for (const old of newest.keys().take(Math.max(0, newest.size - rememberedThumbnails))) newest.delete(old);
}
