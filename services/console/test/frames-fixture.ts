import type { CameraIntent, Detection, Frame, Outcome } from '@framegate/contracts';

/** The smallest thing that passes for a JPEG. */
const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xd9]);

export function frameOf(seq: number, change: Partial<Frame> = {}): Frame {
  const capturedAtUs = seq * 100_000;
  return {
    cameraId: 'north/door',
    epoch: 1,
    seq,
    kind: 'live',
    capturedAtUs,
    gatedAtUs: capturedAtUs,
    encodedAtUs: capturedAtUs,
    publishedAtUs: capturedAtUs,
    objectiveMs: 500,
    configVersion: 1,
    width: 640,
    height: 360,
    sourceWidth: 640,
    sourceHeight: 360,
    regions: [[10, 20, 30, 40]],
    score: 0.5,
    work: { decodeMs: 1, gateMs: 1, encodeMs: 1 },
    jpeg,
    ...change,
  };
}

export function detectionOf({ cameraId, epoch, seq, capturedAtUs }: Frame, latencyMs = 100): Detection {
  const emitted = capturedAtUs + latencyMs * 1000;
  const captured = capturedAtUs;
  return {
    cameraId,
    epoch,
    seq,
    kind: 'live',
    model: { id: 'm', sha256: '' },
    configVersion: 1,
    objectiveMs: 500,
    sourceWidth: 640,
    sourceHeight: 360,
    objects: [{ box: [1, 2, 3, 4], className: 'person', score: 0.9, zones: [] }],
    gate: { score: 0.5, regions: [] },
    frameBytes: 4,
    batchSize: 1,
    timesUs: {
      captured,
      gated: captured,
      encoded: captured,
      published: captured,
      received: captured,
      started: captured,
      inferred: emitted,
      emitted,
    },
    workMs: { decode: 0, gate: 0, encode: 0, jpegDecode: 0, inference: latencyMs },
  };
}

export function intentOf(cameraId: string, change: Partial<CameraIntent> = {}): CameraIntent {
  return {
    cameraId,
    revision: 0,
    motionMasks: [],
    privacyMasks: [],
    zones: [],
    classes: [],
    objectiveMs: 500,
    preRollSeconds: 0.5,
    postRollSeconds: 1,
    keepAliveSeconds: 10,
    wanted: { framesPerSecond: 10, width: 1280, quality: 80, motionSensitivity: 50, model: 'm' },
    ...change,
  };
}

export function outcomeOf({ cameraId, epoch, seq, kind, capturedAtUs, objectiveMs }: Frame): Outcome {
  const outcome = 'analysed';
  return { cameraId, epoch, seq, kind, outcome, capturedAtUs, objectiveMs, atUs: capturedAtUs };
}
