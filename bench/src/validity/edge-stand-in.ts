import { setTimeout as delay } from 'node:timers/promises';
import { followDirectory } from '@framegate/camera-directory';
import type { CameraConfig } from '@framegate/contracts';
import { edgeTelemetryEvent, encodeFrame, framesTopic, siteTelemetryTopic } from '@framegate/contracts';
import { createEdgeLedger } from '@framegate/frame-ledger';
import type { Arrival } from '@framegate/load-generator';
import {
  arrivalsOf,
  createSeededRandom,
  rateProfile,
  runOpenLoop,
  waitUntilUs,
} from '@framegate/load-generator';
import type { MessageBus } from '@framegate/message-bus';
import { createRateSampler } from '@framegate/rate-sampler';
import type { Scenario } from '@framegate/simulation';
import { calibration, createCameraSource, frameBytes } from '@framegate/simulation';

type CameraModel = Scenario['cameras'][number];

export interface EdgeStandIn {
  /** Resolves when all frames of the run have their fates. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/**
 * A site of cameras that always see motion: frames by schedule, as large as those of the simulation with this seed,
 * obeying what the controller tells. Decoding, the gate and encoding are waited for and not worked.
 */
export async function startEdgeStandIn(
  bus: MessageBus,
  { name, cameras, durationSeconds, sites }: Scenario,
  nowUs: () => number,
  seed: number,
): Promise<EdgeStandIn> {
  const [home] = sites;
  if (!home) throw new RangeError(`scenario "${name}" has no site, expected one`);
  const { site, partitions, queue } = home;
  const producer = await bus.producer({
    maxQueuedMessages: queue.maxMessages,
    maxQueuedBytes: queue.maxBytes,
    maxQueuedMs: queue.maxWaitMs,
    onDrop: 'oldest',
  });
  const records = await bus.producer();
  const random = createSeededRandom(seed);
  const epoch = Math.floor(nowUs() / 1e6);
  const directory = await followDirectory(bus, { onChange: () => {}, onRefused: () => {} });
  const states = cameras.map((model) => createCamera(model, seed));
  let roundTripMs = 0;

  const send = async ({ camera, seq }: Arrival, dueAtUs: number): Promise<void> => {
    const state = states[camera];
    if (!state) return;
    const { ledger, cameraId } = state;
    const config = directory.configs.get(cameraId);
    ledger.captured(1);
    const { sizeDeviation } = state.source.next(dueAtUs);
    if (!state.samples(dueAtUs, config)) return ledger.ended('sampledOut', 1);
    ledger.encoding();
    const { jpeg, width, workMs } = state.encode(config, sizeDeviation);
    state.queuedBytes += jpeg.byteLength;
    await delay(workMs);
    const dueUs = Math.round(dueAtUs);
    const encodedAtUs = nowUs();
    const message = encodeFrame({
      cameraId,
      epoch,
      seq,
      kind: 'live',
      jpeg,
      capturedAtUs: dueUs,
      gatedAtUs: dueUs + 4400,
      encodedAtUs,
      publishedAtUs: encodedAtUs,
      objectiveMs: state.objectiveMs,
      configVersion: config?.version ?? 0,
      width,
      height: Math.round((width * 9) / 16),
      sourceWidth: 1280,
      sourceHeight: 720,
      regions: [],
      score: 1,
      work: { decodeMs: 4, gateMs: 0.4, encodeMs: Math.max(0, workMs - 4.4) },
      clock: { offsetUs: 0, errorUs: 0 },
    });
    try {
      await producer.send(framesTopic(site), {
        ...message,
        partition: (config?.partition ?? camera) % partitions,
        freshForMs: queue.freshShare * state.objectiveMs,
      });
      state.publishedBytes += jpeg.byteLength;
      ledger.encodedEnded('published');
    } catch {
      ledger.encodedEnded('discarded:busAway');
    } finally {
      state.queuedBytes -= jpeg.byteLength;
    }
  };

  const report = async (): Promise<void> => {
    const atUs = nowUs();
    const telemetry = edgeTelemetryEvent.encode({
      site,
      instance: 'stand-in',
      atUs,
      cameras: states.map((state) => ({
        cameraId: state.cameraId,
        epoch,
        state: 'online',
        reason: '',
        sourceWidth: 1280,
        sourceHeight: 720,
        configVersion: directory.configs.get(state.cameraId)?.version ?? 0,
        counts: state.ledger.counts(),
        publishedBytes: state.publishedBytes,
      })),
      clock: { offsetUs: 0, errorUs: 0 },
      cpuShare: 0.2,
      uplink: { queuedBytes: states.reduce((sum, { queuedBytes }) => sum + queuedBytes, 0), roundTripMs },
    });
    await records.send(siteTelemetryTopic(site), telemetry);
    roundTripMs = (nowUs() - atUs) / 1000;
  };
  const reporting = setInterval(() => void report().catch(() => {}), 1000);

  const arrivals = arrivalsOf({
    cameras: cameras.length,
    framesPerSecond: cameras[0]?.sourceFramesPerSecond ?? 10,
    seconds: durationSeconds,
    profile: rateProfile('steady', durationSeconds),
    spacing: 'even',
    motionShare: 1,
    random,
  });
  const ended = runOpenLoop({ arrivals, nowUs, waitUntilUs: (atUs) => waitUntilUs(atUs, nowUs), send });
  return {
    ended: ended.then(() => {}),
    async close() {
      clearInterval(reporting);
      await Promise.all([producer.close(), records.close({ drainTimeoutMs: 500 }), directory.close()]);
    },
  };
}

function createCamera(model: CameraModel, seed: number) {
  const random = createSeededRandom(seed);
  const filler = new Uint8Array(1_000_000).map(() => Math.floor(random() * 256));
  filler.set([0xff, 0xd8]);
  const sampler = createRateSampler();
  const source = createCameraSource(model, seed);
  return {
    cameraId: model.cameraId,
    objectiveMs: model.objectiveMs,
    ledger: createEdgeLedger(),
    source,
    publishedBytes: 0,
    queuedBytes: 0,
    samples(atUs: number, config: CameraConfig | undefined): boolean {
      return sampler.accepts(atUs, config?.framesPerSecond ?? model.initial.framesPerSecond);
    },
    encode(config: CameraConfig | undefined, sizeDeviation: number) {
      const rung = config ?? model.initial;
      const bytes = frameBytes(rung, sizeDeviation, source.sizeDeviation) - calibration.messageOverheadBytes;
      return {
        jpeg: filler.slice(0, bytes),
        width: rung.width,
        workMs: 4.4 + 3.6 * (rung.width / 1280) ** 2,
      };
    },
  };
}
