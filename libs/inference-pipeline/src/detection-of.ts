import type { CameraIntent, DetectedObject, Detection } from '@framegate/contracts';
import type { Detection as FoundObject } from '@framegate/detection';
import { boxInZone } from '@framegate/detection';
import type { DetectResult, ResolvedModel } from '@framegate/object-detector';
import type { ReceivedFrame } from './frame-intake.ts';

export interface BatchTimes {
  readonly startedAtUs: number;
  readonly inferredAtUs: number;
  readonly batchSize: number;
}

/** The event of an analysed frame: boxes in source pixels, the classes and zones that the operator asked for. */
export function detectionOf(
  { frame, receivedAtUs }: ReceivedFrame,
  result: DetectResult,
  model: Pick<ResolvedModel, 'id' | 'sha256'>,
  intent: CameraIntent | undefined,
  times: BatchTimes,
): Detection {
  const wanted = new Set(intent?.classes);
  const scaleX = frame.sourceWidth / result.imageWidth;
  const scaleY = frame.sourceHeight / result.imageHeight;
  return {
    cameraId: frame.cameraId,
    epoch: frame.epoch,
    seq: frame.seq,
    kind: frame.kind,
    model: { id: model.id, sha256: model.sha256 },
    configVersion: frame.configVersion,
    objectiveMs: frame.objectiveMs,
    sourceWidth: frame.sourceWidth,
    sourceHeight: frame.sourceHeight,
    objects: result.detections
      .filter((found) => wanted.size === 0 || wanted.has(found.className))
      .map((found) => objectOf(found, scaleX, scaleY, frame, intent)),
    gate: { score: frame.score, regions: frame.regions.map((region) => [...region]) },
    frameBytes: frame.jpeg.byteLength,
    batchSize: times.batchSize,
    timesUs: {
      captured: frame.capturedAtUs,
      gated: frame.gatedAtUs,
      encoded: frame.encodedAtUs,
      published: frame.publishedAtUs,
      received: receivedAtUs,
      started: Math.round(times.startedAtUs),
      inferred: times.inferredAtUs,
      emitted: times.inferredAtUs,
    },
    ...(frame.clock && { clock: frame.clock }),
    workMs: {
      decode: frame.work.decodeMs,
      gate: frame.work.gateMs,
      encode: frame.work.encodeMs,
      jpegDecode: result.decodeMs,
      inference: result.inferenceMs,
    },
  };
}

function objectOf(
  found: FoundObject,
  scaleX: number,
  scaleY: number,
  { sourceWidth, sourceHeight }: { sourceWidth: number; sourceHeight: number },
  intent: CameraIntent | undefined,
): DetectedObject {
  const [x, y, width, height] = found.box;
  const box = [x * scaleX, y * scaleY, width * scaleX, height * scaleY].map(
    (value) => Math.round(value * 100) / 100,
  );
  const [bx = 0, by = 0, bw = 0, bh = 0] = box;
  const zones = (intent?.zones ?? [])
    .filter((zone) =>
      boxInZone(
        [bx, by, bw, bh],
        zone.polygon.map(([px, py]) => [px * sourceWidth, py * sourceHeight] as const),
      ),
    )
    .map((zone) => zone.name);
  return { box: [bx, by, bw, bh], className: found.className, score: round(found.score), zones };
}

function round(score: number): number {
  return Math.round(score * 10_000) / 10_000;
}
