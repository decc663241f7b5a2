import { z } from 'zod';
import { cameraIdSchema, cameraSource } from './camera-id.ts';
import { clockOffsetSchema } from './clock.ts';
import { jsonEvent } from './event.ts';
import { frameKinds } from './frame.ts';
import { formatFrameId } from './frame-id.ts';

const timeUs = z.int().nonnegative();
const workMs = z.number().nonnegative();
const boxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);

const objectSchema = z.object({
  /** x, y, width, height in source pixels. */
  box: boxSchema,
  className: z.string(),
  score: z.number().min(0).max(1),
  zones: z.array(z.string()),
});

const detectionSchema = z.object({
  cameraId: cameraIdSchema,
  epoch: z.int().nonnegative(),
  seq: z.int().nonnegative(),
  kind: z.enum(frameKinds),
  model: z.object({ id: z.string(), sha256: z.string() }),
  configVersion: z.int().nonnegative(),
  objectiveMs: z.number().nonnegative(),
  sourceWidth: z.int().positive(),
  sourceHeight: z.int().positive(),
  objects: z.array(objectSchema),
  gate: z.object({ score: z.number(), regions: z.array(boxSchema) }),
  /** Size of the JPEG that was looked at. */
  frameBytes: z.int().nonnegative(),
  batchSize: z.int().positive(),
  /** When each stage ended, µs since the Unix epoch by the cloud's clock; see `clock`. */
  timesUs: z.object({
    captured: timeUs,
    gated: timeUs,
    encoded: timeUs,
    published: timeUs,
    received: timeUs,
    started: timeUs,
    inferred: timeUs,
    emitted: timeUs,
  }),
  /** What the edge's times (up to `published`) were corrected by, where it exceeds its error. */
  clock: clockOffsetSchema.optional(),
  /** What each stage worked on the frame, without waiting; the rest of the latency is overhead. */
  workMs: z.object({ decode: workMs, gate: workMs, encode: workMs, jpegDecode: workMs, inference: workMs }),
});

/** What was found in one frame. Consumers deduplicate on (cameraId, epoch, seq). */
export type Detection = z.output<typeof detectionSchema>;
export type DetectedObject = Detection['objects'][number];

export const detectionEvent = jsonEvent({ name: 'detection', major: 1 }, detectionSchema, (detection) => ({
  key: detection.cameraId,
  id: formatFrameId(detection),
  source: cameraSource(detection.cameraId),
  timeUs: detection.timesUs.emitted,
}));

/** Capture to detection, milliseconds. */
export function latencyMs(detection: Detection): number {
  return (detection.timesUs.emitted - detection.timesUs.captured) / 1000;
}

/** Latency less the work of the stages: what waiting, copying and carrying cost, milliseconds. */
export function overheadMs(detection: Detection): number {
  const { decode, gate, encode, jpegDecode, inference } = detection.workMs;
  return latencyMs(detection) - (decode + gate + encode + jpegDecode + inference);
}
