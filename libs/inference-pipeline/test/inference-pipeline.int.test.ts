import type { CameraIntent, Detection, Frame, Outcome } from '@framegate/contracts';
import {
  cloudTopics,
  detectionEvent,
  encodeFrame,
  framesTopic,
  outcomeEvent,
  siteTopics,
  topicNames,
} from '@framegate/contracts';
import { InProcessBus } from '@framegate/message-bus';
import { DetectError } from '@framegate/object-detector';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FrameDetector, InferencePipeline } from '../src/index.ts';
import { startInferencePipeline } from '../src/index.ts';

const jpeg = Uint8Array.from([0xff, 0xd8, 0xff]);
const frame = (seq: number, change: Partial<Frame> = {}): Frame => ({
  cameraId: 's/a',
  epoch: 1,
  seq,
  kind: 'live',
  objectiveMs: 500,
  configVersion: 1,
  capturedAtUs: seq,
  gatedAtUs: seq,
  encodedAtUs: seq,
  publishedAtUs: seq,
  clock: { offsetUs: 0, errorUs: 0 },
  width: 640,
  height: 360,
  sourceWidth: 1280,
  sourceHeight: 720,
  regions: [],
  score: 0.5,
  work: {
    decodeMs: 1,
    gateMs: 1,
    encodeMs: 1,
  },
  jpeg,
  ...change,
});
const zone = {
  name: 'left',
  polygon: [
    [0, 0],
    [0.5, 0],
    [0.5, 1],
    [0, 1],
  ] as [number, number][],
};
const intent: CameraIntent = {
  cameraId: 's/a',
  revision: 0,
  motionMasks: [],
  privacyMasks: [],
  zones: [zone],
  classes: ['person'],
  objectiveMs: 500,
  preRollSeconds: 0,
  postRollSeconds: 0,
  keepAliveSeconds: 0,
  wanted: {
    framesPerSecond: 10,
    width: 640,
    quality: 80,
    motionSensitivity: 50,
    model: 'm',
  },
};

/** A detector whose one worker finishes when the test says so. */
function heldDetector() {
  const waiting: (() => void)[] = [];
  let busy = false;
  let fail: DetectError | undefined;
  const found = {
    detections: [
      {
        box: [10, 10, 20, 40] as const,
        className: 'person',
        score: 0.9,
      },
      {
        box: [400, 10, 20, 40] as const,
        className: 'car',
        score: 0.8,
      },
    ],
    imageWidth: 640,
    imageHeight: 360,
    decodeMs: 1,
    inferenceMs: 2,
    startedAtMs: 0,
  };
  const detector: FrameDetector = {
    model: { id: 'm', sha256: 'ab' },
    maxBatch: 1,
    workers: 1,
    get freeWorkers() {
      return busy ? 0 : 1;
    },
    async detectBatch(images) {
      busy = true;
      await new Promise<void>((resolve) => waiting.push(resolve));
      busy = false;
      return images.map(() => fail ?? found);
    },
  };
  return {
    detector,
    get isBusy() {
      return busy;
    },
    finish: () => waiting.shift()?.(),
    failWith: (error: DetectError) => void (fail = error),
  };
}

let bus: InProcessBus;
let nowUs: number;
const detections: Detection[] = [];
const outcomes: Outcome[] = [];
const quarantined: Record<string, string>[] = [];
let pipeline: InferencePipeline | undefined;

beforeEach(async () => {
  bus = new InProcessBus();
  nowUs = 1000;
  [detections, outcomes, quarantined].forEach((list) => (list.length = 0));
  await bus.ensureTopics([...cloudTopics(1), ...siteTopics('s', 1)]);
  await bus.subscribe({
    topics: [topicNames.detections, topicNames.outcomes, topicNames.quarantine],
    group: null,
    from: 'earliest',
    handler: async (delivery) => {
      if (delivery.topic === topicNames.detections) detections.push(detectionEvent.decode(delivery));
      else if (delivery.topic === topicNames.outcomes) outcomes.push(outcomeEvent.decode(delivery));
      else quarantined.push(delivery.headers);
    },
  });
});
afterEach(() => bus.close());

async function start(
  detectorFor: () => Promise<FrameDetector>,
  lossless = false,
): Promise<InferencePipeline> {
  pipeline = await startInferencePipeline({
    instance: 'i',
    group: 'g',
    bus,
    lossless,
    minScore: 0.3,
    maxBatchOf: () => 1,
    batchWaitMs: 0,
    nowUs: () => nowUs,
    detectorFor,
    modelOf: () => 'm',
    intentOf: () => intent,
    observer: {
      onRefused() {},
      onOutcome() {},
      onBatch() {},
      onModelMissing() {},
    },
  });
  return pipeline;
}
async function publish(...frames: Frame[]): Promise<void> {
  const producer = await bus.producer();
  for (const one of frames) await producer.send(framesTopic('s'), encodeFrame(one));
  await producer.close();
}
const until = (condition: () => boolean) => expect.poll(condition, { timeout: 5000, interval: 1 }).toBe(true);
const counts = () => pipeline?.telemetry().counts;

describe('the inference pipeline', () => {
  it('turns a frame into a detection in source pixels, with the wanted classes and their zones', async () => {
    const held = heldDetector();
    await start(async () => held.detector);
    await publish(frame(1));
    await until(() => held.isBusy);
    held.finish();
    await until(() => outcomes.length === 1);
    expect(detections).toMatchObject([
      { cameraId: 's/a', seq: 1, objects: [{ box: [20, 20, 40, 80], className: 'person', zones: ['left'] }] },
    ]);
    expect(outcomes).toMatchObject([{ seq: 1, outcome: 'analysed' }]);
    expect(counts()).toMatchObject({ delivered: 1, received: 1, analysed: 1, inFlight: 0 });
  });

  it('keeps the newest frame of a camera while the worker is busy, and tells which were superseded', async () => {
    const held = heldDetector();
    await start(async () => held.detector);
    await publish(frame(1));
    await until(() => held.isBusy);
    await publish(frame(2), frame(3), frame(4));
    await until(() => outcomes.length === 2);
    expect(outcomes.map(({ seq, outcome }) => [seq, outcome])).toEqual([
      [2, 'superseded'],
      [3, 'superseded'],
    ]);
    expect(counts()).toMatchObject({ received: 4, superseded: 2, inFlight: 2 });
    held.finish();
    await until(() => detections.length === 1 && held.isBusy);
    held.finish();
    await until(() => detections.length === 2);
    expect(detections.map(({ seq }) => seq)).toEqual([1, 4]);
  });

  it('gives up a frame that can not be on time any more, before work is spent on it', async () => {
    const held = heldDetector();
    await start(async () => held.detector);
    await publish(frame(1));
    await until(() => held.isBusy);
    await publish(frame(2, { cameraId: 's/b' }));
    await until(() => counts()?.received === 2);
    nowUs += 600_000;
    held.finish();
    await until(() => outcomes.some(({ outcome }) => outcome === 'expired'));
    expect(outcomes.find(({ outcome }) => outcome === 'expired')).toMatchObject({ cameraId: 's/b', seq: 2 });
  });

  it('keeps a frame that only seems late because the clock of its site is behind', async () => {
    const held = heldDetector();
    await start(async () => held.detector);
    nowUs += 5_000_000;
    await publish(frame(1, { clock: { offsetUs: 5_000_000, errorUs: 1000 } }));
    await until(() => held.isBusy);
    held.finish();
    await until(() => detections.length === 1);
    const { captured, received } = detections[0]!.timesUs;
    expect(received - captured).toBeLessThan(500_000);
    expect(outcomes).toMatchObject([{ outcome: 'analysed', capturedAtUs: captured }]);
  });

  it('analyses everything in order in lossless mode', async () => {
    const held = heldDetector();
    await start(async () => held.detector, true);
    await publish(...[1, 2, 3, 4, 5].map((seq) => frame(seq)));
    for (let done = 0; done < 5; done++) {
      await until(() => held.isBusy && detections.length === done);
      held.finish();
    }
    await until(() => detections.length === 5);
    expect(detections.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(outcomes.every(({ outcome }) => outcome === 'analysed')).toBe(true);
  });

  it('drops a frame that comes twice', async () => {
    const held = heldDetector();
    await start(async () => held.detector);
    await publish(frame(1), frame(1));
    await until(() => held.isBusy && counts()?.duplicates === 1);
    held.finish();
    await until(() => outcomes.length === 1);
    expect(counts()).toMatchObject({ delivered: 2, duplicates: 1, received: 1, analysed: 1 });
  });

  it('puts what is no frame into quarantine with the reason, and goes on', async () => {
    const held = heldDetector();
    await start(async () => held.detector);
    const producer = await bus.producer();
    await producer.send(framesTopic('s'), { key: 'k', headers: {}, body: jpeg });
    await producer.send(framesTopic('s'), encodeFrame(frame(1, { cameraId: 'other/a' })));
    await publish(frame(2));
    await until(() => held.isBusy && quarantined.length === 2);
    expect(quarantined.map((headers) => headers['quarantine_code'])).toEqual([
      'NOT_AN_EVENT',
      'FOREIGN_CAMERA',
    ]);
    held.finish();
    await until(() => outcomes.length === 1);
    expect(counts()).toMatchObject({ delivered: 3, quarantined: 2, received: 1 });
  });

  it('calls a frame failed when its picture is bad or its model can not be had', async () => {
    const held = heldDetector();
    held.failWith(new DetectError('BAD_IMAGE', 'not a JPEG'));
    await start(async () => held.detector);
    await publish(frame(1));
    await until(() => held.isBusy);
    held.finish();
    await until(() => outcomes.length === 1);
    expect(outcomes).toMatchObject([{ outcome: 'failed', reason: 'BAD_IMAGE' }]);
    await pipeline?.close();
    await start(() => Promise.reject(new Error('no such model')));
    await publish(frame(2));
    await until(() => outcomes.length === 2);
    expect(outcomes[1]).toMatchObject({ outcome: 'failed', reason: 'NO_MODEL' });
  });

  it('tells how long frames take and that a run goes on, and learns nothing from a picture that is bad', async () => {
    const held = heldDetector();
    await start(async () => held.detector);
    const model = () => pipeline?.telemetry().models?.[0];
    await publish(frame(1, { capturedAtUs: nowUs }));
    await until(() => held.isBusy);
    nowUs += 40_000;
    expect(model()).toMatchObject({ serviceMs: 0, busyMs: 40 });
    held.finish();
    await until(() => outcomes.length === 1);
    expect(model()).toMatchObject({ serviceMs: 40, busyMs: 40 });
    held.failWith(new DetectError('BAD_IMAGE', 'not a JPEG'));
    for (const seq of [2, 3]) {
      await publish(frame(seq, { capturedAtUs: nowUs }));
      await until(() => held.isBusy);
      held.finish();
      await until(() => outcomes.length === seq);
    }
    expect(model()).toMatchObject({ serviceMs: 40, busyMs: 40 });
  });

  it('finishes what it has taken before it closes', async () => {
    const held = heldDetector();
    await start(async () => held.detector);
    await publish(frame(1));
    await until(() => held.isBusy);
    const closed = pipeline?.close();
    held.finish();
    await closed;
    expect(counts()).toMatchObject({ received: 1, analysed: 1, inFlight: 0 });
  });
});
