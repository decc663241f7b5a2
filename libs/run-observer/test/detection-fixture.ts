import type { Detection } from '@framegate/contracts';

/** A detection of camera s/a that was `latencyMs` on its way, all of it in the batch but for what is given. */
export function detectionOf(change: {
  seq: number;
  cameraId?: string;
  kind?: Detection['kind'];
  capturedAtUs?: number;
  latencyMs?: number;
  classes?: readonly string[];
  timesUs?: Partial<Detection['timesUs']>;
  workMs?: Partial<Detection['workMs']>;
}): Detection {
  const { seq, cameraId = 's/a', kind = 'live', capturedAtUs = 0, latencyMs = 100, classes = [] } = change;
  const captured = capturedAtUs;
  const emitted = captured + latencyMs * 1000;
  return {
    cameraId,
    epoch: 1,
    seq,
    kind,
    model: { id: 'm', sha256: '' },
    configVersion: 1,
    objectiveMs: 500,
    sourceWidth: 640,
    sourceHeight: 360,
    objects: classes.map((className) => ({ box: [0, 0, 1, 1], className, score: 1, zones: [] })),
    gate: { score: 1, regions: [] },
    frameBytes: 1,
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
      ...change.timesUs,
    },
    workMs: { decode: 0, gate: 0, encode: 0, jpegDecode: 0, inference: 0, ...change.workMs },
  };
}
