import type {
  CameraConfig,
  CameraTelemetry,
  Detection,
  EdgeTelemetry,
  InferenceTelemetry,
  Outcome,
} from '@framegate/contracts';
import { describe, expect, it } from 'vitest';
import { createObservationWindow } from './observation-window.ts';

const second = 1e6;
const counts = { captured: 0, stopped: 0, sampledOut: 0, published: 0, backfilled: 0, spooled: 0, held: 0, encoding: 0, discarded: {} }; // prettier-ignore

function edge(
  atUs: number,
  camera: Partial<CameraTelemetry> = {},
  site: Partial<EdgeTelemetry> = {},
): EdgeTelemetry {
  const cameras = [{ cameraId: 's/a', epoch: 1, state: 'online' as const, reason: '', sourceWidth: 1280, sourceHeight: 720, configVersion: 3, counts, publishedBytes: 0, ...camera }]; // prettier-ignore
  return { site: 's', instance: 'e', atUs, cameras, ...site };
}

function detection(
  seq: number,
  change: Partial<Detection> & { capturedUs?: number; latencyMs?: number } = {},
): Detection {
  const { capturedUs = seq * 100_000, latencyMs = 100, ...rest } = change;
  const at = (ms: number): number => capturedUs + ms * 1000;
  return {
    cameraId: 's/a', epoch: 1, seq, kind: 'live', model: { id: 'm', sha256: '' }, configVersion: 3, objectiveMs: 500,
    sourceWidth: 1280, sourceHeight: 720, objects: [], gate: { score: 1, regions: [] }, frameBytes: 1, batchSize: 1,
    timesUs: {
      captured: capturedUs, gated: at(6), encoded: at(10), published: at(11), received: at(31), started: at(41),
      inferred: at(latencyMs - 1), emitted: at(latencyMs),
    },
    workMs: { decode: 5, gate: 1, encode: 4, jpegDecode: 2, inference: 30 },
    ...rest,
  }; // prettier-ignore
}

const outcome = (seq: number, name: Outcome['outcome'], capturedAtUs = seq * 100_000): Outcome => ({
  cameraId: 's/a', epoch: 1, seq, kind: 'live', outcome: name, capturedAtUs, objectiveMs: 500, atUs: capturedAtUs + 100_000,
}); // prettier-ignore

const configs = new Map<string, CameraConfig>();

function observing() {
  const window = createObservationWindow();
  window.edge(edge(second), second);
  const observe = (atUs: number, told = configs) => window.observe(atUs, told);
  observe(second);
  return { window, observe };
}

describe('what the controller sees of a camera', () => {
  it('is nothing before its site has told of it', () => {
    const window = createObservationWindow();
    window.detection(detection(1));
    window.outcome(outcome(1, 'analysed'));
    expect(window.observe(0, configs).cameras).toEqual([]);
    window.edge(edge(second), second);
    expect(window.observe(second, configs).cameras).toMatchObject([{ latenciesMs: [], due: 0 }]);
  });

  it('is what happened since the last look, and not again: what the edge has not told since is no number', () => {
    const { window, observe } = observing();
    window.detection(detection(1, { latencyMs: 120 }));
    window.outcome(outcome(1, 'analysed'));
    window.outcome(outcome(2, 'expired'));
    window.edge(edge(2 * second, { counts: { ...counts, captured: 10, published: 4, discarded: { late: 2, stale: 3 }, spooled: 1 }, publishedBytes: 4000 }), 2 * second); // prettier-ignore
    const [camera] = observe(2 * second).cameras;
    expect(camera).toMatchObject({
      latenciesMs: [120], due: 2, onTime: 1, expired: 1, captured: 10, published: 4, discarded: 6, madeWay: 4, publishedBytes: 4000,
      telemetryAgeMs: 0,
    }); // prettier-ignore
    expect(observe(5 * second).cameras[0]).toMatchObject({
      latenciesMs: [], due: 0, onTime: 0, captured: Number.NaN, publishedBytes: Number.NaN, telemetryAgeMs: 3000,
    }); // prettier-ignore
  });

  it('counts what is told twice once', () => {
    const { window, observe } = observing();
    for (let time = 0; time < 2; time++) {
      window.detection(detection(1));
      window.outcome(outcome(1, 'analysed'));
    }
    expect(observe(2 * second).cameras[0]).toMatchObject({ latenciesMs: [100], due: 1, onTime: 1 });
  });

  it('leaves out latencies from before the configuration that the camera was told last', () => {
    const { window, observe } = observing();
    window.detection(detection(1, { configVersion: 3, latencyMs: 900 }));
    window.detection(detection(2, { configVersion: 4 }));
    const config: CameraConfig = { cameraId: 's/a', token: 1, version: 4, intentRevision: 0, partition: 0, framesPerSecond: 5, width: 640, quality: 70, motionSensitivity: 50, model: 'm', reason: '' }; // prettier-ignore
    const [camera] = observe(2 * second, new Map([['s/a', config]])).cameras;
    expect(camera).toMatchObject({ latenciesMs: [100], configVersion: 3 });
  });

  it('takes a superseded frame for on time when a newer result came within its objective, in either order', () => {
    const { window, observe } = observing();
    window.outcome(outcome(1, 'superseded'));
    window.detection(detection(2));
    window.outcome(outcome(0, 'superseded'));
    window.outcome(outcome(9, 'superseded'));
    expect(observe(2 * second).cameras[0]).toMatchObject({ superseded: 3, onTime: 3 });
  });

  it('splits the way to the cloud into what the edge waited for and what is left', () => {
    const { window, observe } = observing();
    window.edge(edge(2 * second, { ackMs: 15 }), 2 * second);
    window.detection(detection(1));
    expect(observe(2 * second).cameras[0]?.stageMs).toEqual({
      decode: 5, gate: 1, encode: 4, publish: 16, transport: 5, wait: 10, inference: 58, emit: 1,
    }); // prettier-ignore
  });

  it('knows where the time of frames went that had no result', () => {
    const { window, observe } = observing();
    window.edge(edge(2 * second, { ackMs: 300 }), 2 * second);
    const arrivalMs = { decode: 5, gate: 1, encode: 4, send: 2, carry: 700 };
    window.outcome({ ...outcome(1, 'expired'), arrivalMs });
    expect(observe(2 * second).cameras[0]?.arrivalStageMs).toEqual({
      decode: 5, gate: 1, encode: 4, publish: 302, transport: 400,
    }); // prettier-ignore
  });

  it('begins to count anew with an epoch', () => {
    const { window, observe } = observing();
    window.edge(edge(2 * second, { counts: { ...counts, captured: 500 } }), 2 * second);
    observe(2 * second);
    window.edge(edge(3 * second, { epoch: 2, counts: { ...counts, captured: 3 } }), 3 * second);
    expect(observe(3 * second).cameras[0]?.captured).toBe(3);
  });

  it('does not listen to a site that speaks for a camera of another', () => {
    const { window, observe } = observing();
    window.edge(edge(2 * second, { cameraId: 'other/a' }), 2 * second);
    expect(observe(2 * second).cameras.map(({ cameraId }) => cameraId)).toEqual(['s/a']);
  });

  it('ends a minute after it was heard of last', () => {
    const { observe } = observing();
    expect(observe(60 * second).cameras).toHaveLength(1);
    expect(observe(62 * second)).toMatchObject({ cameras: [], sites: [] });
  });
});

describe('what the controller sees of a site', () => {
  it('is its rate, its queue, its machine and its clock, and what it does not tell is no number', () => {
    const { window, observe } = observing();
    expect(observe(second).sites[0]).toMatchObject({ cpuShare: Number.NaN, uplinkQueueBytes: Number.NaN, clockOffsetMs: Number.NaN }); // prettier-ignore
    const told = { cpuShare: 0.5, uplink: { queuedBytes: 700, roundTripMs: 12 }, clock: { offsetUs: 5_000_000, errorUs: 2000 } }; // prettier-ignore
    window.edge(edge(3 * second, { publishedBytes: 8000 }, told), 3 * second);
    expect(observe(3 * second).sites[0]).toEqual({
      site: 's', cpuShare: 0.5, uplinkBytesPerSecond: 4000, uplinkQueueBytes: 700, brokerRoundTripMs: 12,
      clockOffsetMs: 5000, clockErrorMs: 2, telemetryAgeMs: 0,
    }); // prettier-ignore
  });

  it('is told of once: seconds in which no report came were not measured', () => {
    const { window, observe } = observing();
    window.edge(edge(3 * second, { publishedBytes: 8000 }, { cpuShare: 0.5 }), 3 * second);
    observe(3 * second);
    expect(observe(4 * second).sites[0]).toMatchObject({
      cpuShare: Number.NaN,
      uplinkBytesPerSecond: Number.NaN,
      telemetryAgeMs: 1000,
    });
  });

  it('is not changed by a report that comes twice or late', () => {
    const { window, observe } = observing();
    window.edge(edge(3 * second, { publishedBytes: 8000 }), 3 * second);
    window.edge(edge(2 * second, { publishedBytes: 1 }), 4 * second);
    window.edge(edge(3 * second, { publishedBytes: 8000 }), 4 * second);
    expect(observe(4 * second).sites[0]).toMatchObject({ uplinkBytesPerSecond: 4000, telemetryAgeMs: 1000 });
  });
});

describe('what the controller sees of the inference', () => {
  const cloud = { delivered: 0, duplicates: 0, quarantined: 0, received: 0, analysed: 0, superseded: 0, expired: 0, failed: 0, inFlight: 0 }; // prettier-ignore
  const inference = (atUs: number, received: number, busyMs: number): InferenceTelemetry => ({
    instance: 'i', atUs, model: 'm', counts: { ...cloud, received }, mailboxDepth: 2, headAgeMs: 40, serviceMs: 50,
    models: [{ model: 'm', workers: 2, batch: 1, maxBatch: 8, serviceMs: 50, busyMs, mailboxDepth: 2, headAgeMs: 40 }],
  }); // prettier-ignore

  it('is the share of time its workers worked, and its counts since the last look', () => {
    const window = createObservationWindow();
    window.inference(inference(second, 100, 5000), second);
    expect(window.observe(second, configs).inference[0]).toMatchObject({
      busyShare: Number.NaN,
      received: 0,
    });
    window.inference(inference(2 * second, 130, 6500), 2 * second);
    expect(window.observe(2 * second, configs).inference[0]).toMatchObject({
      workers: 2, busyShare: 0.75, received: 30, headAgeMs: 40, serviceMs: 50,
    }); // prettier-ignore
  });

  it('begins anew when the instance was started again', () => {
    const window = createObservationWindow();
    window.inference(inference(second, 100, 5000), second);
    window.observe(second, configs);
    window.inference(inference(2 * second, 5, 100), 2 * second);
    expect(window.observe(2 * second, configs).inference[0]).toMatchObject({
      received: 0,
      busyShare: Number.NaN,
    });
  });
});
