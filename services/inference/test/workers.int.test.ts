import type { Frame } from '@framegate/contracts';
import {
  cloudTopics,
  detectionEvent,
  encodeFrame,
  framesTopic,
  inferenceConfigEvent,
  siteTopics,
  topicNames,
} from '@framegate/contracts';
import { InProcessBus } from '@framegate/message-bus';
import type { Detector } from '@framegate/object-detector';
import { createClock, createHealth, createLogger, createMetrics } from '@framegate/service-kit';
import { eventually } from '@framegate/test-kit';
import { expect, it } from 'vitest';
import { startInference } from '../src/index.ts';

it('analyses frames while further workers start, and asks for those once', async () => {
  const bus = new InProcessBus();
  await bus.ensureTopics([...cloudTopics(1), ...siteTopics('s', 1)]);
  const producer = await bus.producer();
  const two = { token: 1, version: 1, models: { m: { batch: 1, workers: 2 } }, reason: 'a test' };
  await producer.send(topicNames.inferenceConfig, inferenceConfigEvent.encode(two));
  const asked: number[] = [];
  const analysed: number[] = [];
  await bus.subscribe({
    topics: [topicNames.detections],
    group: null,
    from: 'earliest',
    handler: async (delivery) => void analysed.push(detectionEvent.decode(delivery).seq),
  });
  const inference = await startInference({
    bus,
    instance: 'i',
    group: 'g',
    partitions: 1,
    clock: createClock(),
    logger: createLogger({ name: 'test', level: 'silent' }),
    metrics: createMetrics(),
    health: createHealth(['bus', 'model', 'frames']),
    openDetector: async () => detectorThat((workers) => void asked.push(workers)),
    defaultModel: 'm',
    minScore: 0.3,
    maxBatch: 1,
    batchWaitMs: 0,
    lossless: true,
  });
  for (const seq of [1, 2, 3]) {
    await producer.send(framesTopic('s'), encodeFrame(frameOf(seq)));
    await eventually(() => analysed.includes(seq));
  }
  expect(asked).toEqual([2]);
  await inference.close();
  await bus.close();
});

/** A detector without a model, whose further workers never come. */
function detectorThat(onAsked: (workers: number) => void): Detector {
  const found = {
    detections: [],
    imageWidth: 320,
    imageHeight: 180,
    decodeMs: 0,
    inferenceMs: 1,
    startedAtMs: 0,
  };
  return {
    model: { id: 'm', path: '', head: 'yolox', classNames: [], licence: '', sha256: 'ab', bytes: 0, input: { width: 64, height: 64, batch: 1 } }, // prettier-ignore
    maxBatch: 1,
    freeWorkers: 1,
    workers: 1,
    setWorkers(workers) {
      onAsked(workers);
      return new Promise(() => {});
    },
    detect: async () => found,
    detectBatch: async (images) => images.map(() => found),
    close: async () => {},
  };
}

function frameOf(seq: number): Frame {
  const nowUs = Date.now() * 1000;
  return {
    cameraId: 's/a',
    epoch: 1,
    seq,
    kind: 'live',
    objectiveMs: 60_000,
    configVersion: 1,
    capturedAtUs: nowUs,
    gatedAtUs: nowUs,
    encodedAtUs: nowUs,
    publishedAtUs: nowUs,
    clock: { offsetUs: 0, errorUs: 0 },
    width: 320,
    height: 180,
    sourceWidth: 320,
    sourceHeight: 180,
    regions: [],
    score: 0.5,
    work: { decodeMs: 1, gateMs: 1, encodeMs: 1 },
    jpeg: Uint8Array.from([0xff, 0xd8, 0xff]),
  };
}
