import type { CameraIntent, Detection, EdgeTelemetry, InferenceTelemetry } from '@framegate/contracts';

export const anIntent: CameraIntent = {
  cameraId: 's/a',
  revision: 0,
  motionMasks: [],
  privacyMasks: [],
  zones: [],
  classes: [],
  objectiveMs: 500,
  preRollSeconds: 0,
  postRollSeconds: 1,
  keepAliveSeconds: 10,
  wanted: { framesPerSecond: 10, width: 1280, quality: 80, motionSensitivity: 50, model: 'm' },
};

/** A result that is `latencyMs` old: what a worker did not need of that, it waited for one. */
export function aDetection(of: {
  readonly seq: number;
  readonly configVersion: number;
  readonly emittedUs: number;
  readonly latencyMs: number;
  readonly serviceMs: number;
}): Detection {
  const captured = of.emittedUs - of.latencyMs * 1000;
  const at = (ms: number): number => captured + ms * 1000;
  return {
    cameraId: 's/a',
    epoch: 1,
    seq: of.seq,
    kind: 'live',
    model: { id: 'm', sha256: '' },
    configVersion: of.configVersion,
    objectiveMs: 500,
    sourceWidth: 1280,
    sourceHeight: 720,
    objects: [],
    gate: { score: 1, regions: [] },
    frameBytes: 80_000,
    batchSize: 1,
    timesUs: {
      captured,
      gated: at(5),
      encoded: at(9),
      published: at(10),
      received: at(15),
      started: of.emittedUs - 1000 * of.serviceMs,
      inferred: of.emittedUs,
      emitted: of.emittedUs,
    },
    workMs: { decode: 4, gate: 1, encode: 4, jpegDecode: 5, inference: of.serviceMs - 5 },
  };
}

export function anEdge(of: {
  readonly atUs: number;
  readonly configVersion: number;
  readonly published: number;
}): EdgeTelemetry {
  const { published } = of;
  const none = { stopped: 0, sampledOut: 0, backfilled: 0, spooled: 0, held: 0, encoding: 0, discarded: {} };
  const camera = {
    cameraId: 's/a',
    epoch: 1,
    state: 'online' as const,
    reason: '',
    sourceWidth: 1280,
    sourceHeight: 720,
    configVersion: of.configVersion,
    counts: { captured: published, published, ...none },
    publishedBytes: published * 80_000,
    ackMs: 3,
  };
  const clock = { offsetUs: 0, errorUs: 500 };
  return { site: 's', instance: 'e', atUs: of.atUs, cameras: [camera], cpuShare: 0.3, uplink: { queuedBytes: 0, roundTripMs: 3 }, clock }; // prettier-ignore
}

/** One worker, busy all the time while frames wait for it. */
export function anInference(of: {
  readonly atUs: number;
  readonly received: number;
  readonly serviceMs: number;
  readonly waitingMs: number;
}): InferenceTelemetry {
  const { atUs, received, serviceMs, waitingMs } = of;
  const counts = { delivered: received, duplicates: 0, quarantined: 0, received, analysed: received, superseded: 0, expired: 0, failed: 0, inFlight: 0 }; // prettier-ignore
  const elapsedMs = (atUs - 1e15) / 1000;
  const isBusy = waitingMs > 0;
  const model = { model: 'm', workers: 1, batch: 1, maxBatch: 1, serviceMs, busyMs: isBusy ? elapsedMs : 0.45 * elapsedMs, mailboxDepth: isBusy ? 1 : 0, headAgeMs: waitingMs }; // prettier-ignore
  return { instance: 'i', atUs, model: 'm', counts, mailboxDepth: model.mailboxDepth, headAgeMs: waitingMs, serviceMs, models: [model] }; // prettier-ignore
}
