import { randomUUID } from 'node:crypto';
import type { CameraIntent, Frame } from '@framegate/contracts';
import {
  cameraIntentEvent,
  cloudTopics,
  detectionEvent,
  encodeFrame,
  framesTopic,
  siteOf,
  siteTopics,
  topicNames,
} from '@framegate/contracts';
import { InProcessBus } from '@framegate/message-bus';
import { observeRun } from '@framegate/run-observer';
import { createHealth, createLogger, createMetrics } from '@framegate/service-kit';
import type { HistoryStore } from '@framegate/history-store';
import { defaultRetention, openSqliteHistory } from '@framegate/history-store';
import { createInProcessStore } from '@framegate/state-store';
import type { ConsoleDeps } from '../src/index.ts';
import { openAccess, startConsole } from '../src/index.ts';
import { detectionOf } from './frames-fixture.ts';

const partitions = 2;
export const topics = [...cloudTopics(partitions), ...siteTopics('north', partitions)];

/** A console over a bus in memory, at a free port, with two sites that say what a test lets them say. */
export async function startTestConsole(change: Partial<ConsoleDeps> = {}) {
  const bus = change.bus ?? new InProcessBus();
  const nowUs = () => Date.now() * 1000;
  if (bus.state() === 'connected') await bus.ensureTopics(topics);
  const promiseOf = change.promiseOf ?? (() => ({ slo: undefined, objectiveMs: undefined, target: 0.95 }));
  const run = await observeRun(bus, { nowUs, objectiveMsOf: (cameraId) => promiseOf(cameraId).objectiveMs });
  const lines: string[] = [];
  const past: HistoryStore = change.past?.store ?? openSqliteHistory({ path: ':memory:' });
  const { url, close } = await startConsole({
    bus,
    run,
    nowUs,
    store: createInProcessStore(() => performance.now()),
    past: { store: past, retention: defaultRetention },
    holder: randomUUID(),
    promiseOf,
    host: '127.0.0.1',
    port: 0,
    access: openAccess(),
    logger: createLogger({ name: 'test', destination: { write: (line) => lines.push(line) } }),
    metrics: createMetrics({ processMetrics: false }),
    health: createHealth(['bus', 'pages']),
    ...change,
  });
  const producer = await bus.producer();
  return {
    url,
    bus,
    run,
    past,
    /** Everything that it logged. */
    log: () => lines.join(''),
    async want(intent: CameraIntent): Promise<void> {
      await producer.send(topicNames.cameraIntent, cameraIntentEvent.encode(intent));
    },
    async capture(frame: Frame): Promise<void> {
      await producer.send(framesTopic(siteOf(frame.cameraId)), encodeFrame(frame));
    },
    async detect(frame: Frame): Promise<void> {
      await producer.send(topicNames.detections, detectionEvent.encode(detectionOf(frame)));
    },
    async close(): Promise<void> {
      await close();
      await run.close();
      if (!change.past) await past.close();
      if (!change.bus) await bus.close();
    },
  };
}

export type TestConsole = Awaited<ReturnType<typeof startTestConsole>>;
