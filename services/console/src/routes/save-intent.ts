import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { CameraIntent } from '@framegate/contracts';
import { cameraIntentEvent, topicNames } from '@framegate/contracts';
import { areasSchema, cameraSettings } from '@framegate/site-file';
import type { Lease, StateStore } from '@framegate/state-store';
import { StoreUnavailableError } from '@framegate/state-store';
import { z } from 'zod';
import type { ConsoleParts } from '../console-parts.ts';
import { Problem } from '../server/problem.ts';

const namedOnce = areasSchema.refine(
  (areas) => new Set(areas.map(({ name }) => name)).size === areas.length,
  'two areas have one name: give each its own',
);

/** What an operator changes of a camera; what is left out stays. */
export const intentChangeSchema = z.strictObject({
  revision: z.int().nonnegative().describe('Of the intent that was looked at: an older one is refused (409)'),
  motionMasks: namedOnce.optional(),
  privacyMasks: namedOnce.optional(),
  zones: namedOnce.optional(),
  classes: cameraSettings.classes.optional(),
  objectiveMs: cameraSettings.objectiveMs.optional(),
  preRollSeconds: cameraSettings.preRollSeconds.optional(),
  postRollSeconds: cameraSettings.postRollSeconds.optional(),
  keepAliveSeconds: cameraSettings.keepAliveSeconds.optional(),
  wanted: z
    .strictObject({
      framesPerSecond: cameraSettings.framesPerSecond,
      width: cameraSettings.width,
      quality: cameraSettings.quality,
      motionSensitivity: cameraSettings.sensitivity,
      model: cameraSettings.model,
    })
    .partial()
    .optional(),
});

export type IntentChange = z.output<typeof intentChangeSchema>;

const leaseMs = 5000;
const attempts = 20;

/**
 * Makes the next revision of what is wanted of a camera. Replicas save one after the other, each looking at what the
 * one before has written, so of two people who changed the same revision the second is told.
 */
export async function saveIntent(
  parts: Pick<ConsoleParts, 'bus' | 'directory' | 'producer' | 'store' | 'holder'>,
  cameraId: string,
  change: IntentChange,
): Promise<CameraIntent> {
  const { bus, directory, producer, store } = parts;
  if (bus.state() !== 'connected')
    throw new Problem(503, 'No broker', 'the broker does not answer, so nothing can be saved: try again');
  const lease = await takeLease(store, `intent/${cameraId}`, `${parts.holder}/${randomUUID()}`);
  try {
    await directory.caughtUp();
    const current = directory.intents.get(cameraId);
    if (!current)
      throw new Problem(404, 'No such camera', `${cameraId}: see /v1/cameras for those there are`);
    if (current.revision !== change.revision) throw stale(cameraId, change.revision, current);
    const next = changed(current, change);
    await producer.send(topicNames.cameraIntent, cameraIntentEvent.encode(next));
    await directory.caughtUp();
    return next;
  } finally {
    // What can't be given back ends by itself.
    await store.releaseLease(lease).catch(() => {});
  }
}

function changed(current: CameraIntent, change: IntentChange): CameraIntent {
  const given = Object.entries({ ...change, wanted: undefined }).filter(([, value]) => value !== undefined);
  const wanted = Object.entries(change.wanted ?? {}).filter(([, value]) => value !== undefined);
  return {
    ...current,
    ...Object.fromEntries(given),
    wanted: { ...current.wanted, ...Object.fromEntries(wanted) },
    revision: current.revision + 1,
  };
}

function stale(cameraId: string, revision: number, current: CameraIntent): Problem {
  const detail = `${cameraId} is at revision ${current.revision}, and this changes revision ${revision}: look at the newer one and change that`;
  return new Problem(409, 'Changed by somebody else', detail, { current });
}

async function takeLease(store: StateStore, name: string, holder: string): Promise<Lease> {
  try {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const lease = await store.acquireLease(name, holder, leaseMs);
      if (lease) return lease;
      await delay(50);
    }
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    throw new Problem(
      503,
      'No store',
      'the store that consoles share does not answer, so nothing can be saved: try again',
    );
  }
  throw new Problem(409, 'Being saved', 'somebody else is saving this camera right now: look again');
}
