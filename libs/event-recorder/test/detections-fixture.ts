import type { Detection, DetectedObject, FrameKind } from '@framegate/contracts';

export const t0Us = 1_767_225_600e6;

/** A walker of 100 px who comes along at 80 px/s. */
export function walker(seconds: number, score = 0.8): DetectedObject {
  return { box: [100 + 80 * seconds, 200, 40, 100], className: 'person', score, zones: ['yard'] };
}

export function detectionAt(
  seconds: number,
  objects: readonly DetectedObject[],
  change: { cameraId?: string; kind?: FrameKind; epoch?: number; seq?: number } = {},
): Detection {
  const captured = t0Us + Math.round(seconds * 1e6);
  const emitted = captured + 100_000;
  return {
    cameraId: 'north/gate',
    epoch: 7,
    seq: Math.round(seconds * 10) + 1,
    kind: 'live',
    model: { id: 'm', sha256: '' },
    configVersion: 1,
    objectiveMs: 500,
    sourceWidth: 1280,
    sourceHeight: 720,
    objects: [...objects],
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
    workMs: { decode: 0, gate: 0, encode: 0, jpegDecode: 0, inference: 100 },
    ...change,
  };
}
