import { z } from 'zod';
import { cameraIdSchema, nameSchema } from './camera-id.ts';
import { clockOffsetSchema } from './clock.ts';
import { jsonEvent } from './event.ts';

const count = z.int().nonnegative();

const edgeCountsSchema = z.object({
  captured: count,
  stopped: count,
  sampledOut: count,
  published: count,
  backfilled: count,
  spooled: count,
  held: count,
  encoding: count,
  discarded: z.record(z.string(), count),
});

/**
 * Where the frames of an edge are: `captured` = the sum of all others.
 * `spooled`, `held` (pre-roll) and `encoding` (between gate and acknowledgement) are gauges, the rest final.
 */
export type EdgeCounts = z.output<typeof edgeCountsSchema>;

const cloudCountsSchema = z.object({
  delivered: count,
  duplicates: count,
  quarantined: count,
  received: count,
  analysed: count,
  superseded: count,
  expired: count,
  failed: count,
  inFlight: count,
});

/**
 * Where the delivered messages are: `delivered = duplicates + quarantined + received` and
 * `received = analysed + superseded + expired + failed + inFlight`. `inFlight` is a gauge.
 */
export type CloudCounts = z.output<typeof cloudCountsSchema>;

const cameraStates = ['connecting', 'online', 'offline', 'ended'] as const;
export type CameraState = (typeof cameraStates)[number];

const cameraTelemetrySchema = z.object({
  cameraId: cameraIdSchema,
  epoch: count,
  state: z.enum(cameraStates),
  /** Why the camera is not online; empty when it is. Never holds a credential. */
  reason: z.string(),
  sourceWidth: count,
  sourceHeight: count,
  configVersion: count,
  counts: edgeCountsSchema,
  publishedBytes: count,
  /** From sending a frame to its acknowledgement, smoothed, ms; absent before the first. */
  ackMs: z.number().nonnegative().optional(),
});
export type CameraTelemetry = z.output<typeof cameraTelemetrySchema>;

const earlierEpochSchema = z.object({
  cameraId: cameraIdSchema,
  epoch: count,
  /** Of those frames that this process found in the spool: `captured` are those found. */
  counts: edgeCountsSchema,
  publishedBytes: count,
});
/** What an earlier process left in the spool, and what became of it since. */
export type EarlierEpoch = z.output<typeof earlierEpochSchema>;

const edgeTelemetrySchema = z.object({
  site: nameSchema,
  instance: z.string(),
  atUs: count,
  cameras: z.array(cameraTelemetrySchema),
  /** Epochs of which frames were found in the spool at the start; they balance on their own. */
  earlier: z.array(earlierEpochSchema).optional(),
  /** Frames on the site's disk; absent where there is no spool. */
  spool: z
    .object({
      frames: count,
      /** What its files take. */
      bytes: count,
      /** Since the oldest frame was put there; 0 when there is none. */
      oldestAgeMs: z.number().nonnegative(),
    })
    .optional(),
  /** How the site's clock differs from the cloud's; absent while nobody has said. */
  clock: clockOffsetSchema.optional(),
  /** Since when its cameras stand on the site's own safe rung; absent while a controller is heard. */
  safeRung: z.object({ sinceUs: count }).optional(),
  /** Busy share of the machine's cores in the last second, 0..1. */
  cpuShare: z.number().min(0).max(1).optional(),
  uplink: z
    .object({
      /** Frames that are sent and not acknowledged yet. */
      queuedBytes: count,
      /** From sending the last report to its acknowledgement, ms; absent before the first. */
      roundTripMs: z.number().nonnegative().optional(),
    })
    .optional(),
});

/** What an edge counts, each second; all counts since the start of the camera's epoch. */
export type EdgeTelemetry = z.output<typeof edgeTelemetrySchema>;

export const edgeTelemetryEvent = jsonEvent(
  { name: 'edge-telemetry', major: 1 },
  edgeTelemetrySchema,
  (t) => ({
    key: t.site,
    id: `${t.instance}/${t.atUs}`,
    source: `/sites/${t.site}`,
    timeUs: t.atUs,
  }),
);

const modelTelemetrySchema = z.object({
  model: z.string(),
  workers: count,
  /** Frames in one run at most, as it is set and as far as the model allows. */
  batch: count,
  maxBatch: count,
  /** Of the last batches, ms. */
  serviceMs: z.number().nonnegative(),
  /** Since the start: what its workers worked, ms; the difference over a second is their busy share. */
  busyMs: z.number().nonnegative(),
  mailboxDepth: count,
  headAgeMs: z.number().nonnegative(),
});
/** One model of one instance. */
export type ModelTelemetry = z.output<typeof modelTelemetrySchema>;

const inferenceTelemetrySchema = z.object({
  instance: z.string(),
  atUs: count,
  model: z.string(),
  counts: cloudCountsSchema,
  mailboxDepth: count,
  headAgeMs: z.number().nonnegative(),
  serviceMs: z.number().nonnegative(),
  models: z.array(modelTelemetrySchema).optional(),
});

/** What an inference instance counts, each second; all counts since its start. */
export type InferenceTelemetry = z.output<typeof inferenceTelemetrySchema>;

export const inferenceTelemetryEvent = jsonEvent(
  { name: 'inference-telemetry', major: 1 },
  inferenceTelemetrySchema,
  (t) => ({ key: t.instance, id: `${t.instance}/${t.atUs}`, source: '/inference', timeUs: t.atUs }),
);
