import { cloudTopics, framesTopic, siteTopics } from '@framegate/contracts';
import { startTimedPipeline } from '@framegate/inference-pipeline';
import {
  arrivalsOf,
  createEdgeSender,
  createSeededRandom,
  rateProfile,
  runOpenLoop,
  waitUntilUs,
} from '@framegate/load-generator';
import type { MessageBus } from '@framegate/message-bus';
import { observeRun } from '@framegate/run-observer';
import { createClock } from '@framegate/service-kit';
import type { Role, ScaleLoad, ScaleTask } from './scale-task.ts';

/** A part of the pipeline by itself. */
export interface RunningRole {
  /** Goes over to another load. */
  load(load: ScaleLoad): void;
  frames(): number;
  close(): Promise<void>;
}

const { nowUs } = createClock();
/** A load lasts until the next one. */
const endlessSeconds = 86_400;

/** Publishes frames as sites do, by schedule. */
async function startEdge(bus: MessageBus, { site }: ScaleTask): Promise<RunningRole> {
  const producer = await bus.producer();
  let frames = 0;
  let loaded = new AbortController();
  let sending: Promise<unknown> = Promise.resolve();
  return {
    load({ cameras, framesPerSecond, frameBytes, partitions }) {
      loaded.abort();
      loaded = new AbortController();
      const pool = [jpegOf(frameBytes)];
      const send = createEdgeSender({
        site,
        producer,
        partitions,
        pool,
        width: 640,
        height: 360,
        objectiveMs: 60_000,
        nowUs,
      });
      sending = runOpenLoop({
        arrivals: arrivalsOf({
          cameras,
          framesPerSecond,
          seconds: endlessSeconds,
          spacing: 'even',
          motionShare: 1,
          profile: rateProfile('steady', endlessSeconds),
          random: createSeededRandom(1),
        }),
        nowUs,
        waitUntilUs: (atUs) => waitUntilUs(atUs, nowUs),
        send: async (arrival, dueAtUs) => {
          await send(arrival, dueAtUs);
          frames += 1;
        },
        signal: loaded.signal,
      });
    },
    frames: () => frames,
    async close() {
      loaded.abort();
      await sending;
      await producer.close();
    },
  };
}

/** Intake, mailbox, ledger and what is told of each frame; the model is a time. */
async function startInference(bus: MessageBus, { site }: ScaleTask): Promise<RunningRole> {
  const service = { serviceMs: 0, workers: 1 };
  const pipeline = await startTimedPipeline({
    instance: site,
    group: site,
    bus,
    nowUs,
    topics: [framesTopic(site)],
    service,
    onRefused: (message) => process.stderr.write(`${message}\n`),
  });
  return {
    load: ({ serviceMs, workers }) => void Object.assign(service, { serviceMs, workers }),
    frames: () => pipeline.telemetry().counts.analysed,
    close: () => pipeline.close(),
  };
}

/** What the console and the controller do with each detection and outcome. */
async function startObserver(bus: MessageBus, { site }: ScaleTask): Promise<RunningRole> {
  const run = await observeRun(bus, { nowUs, site });
  let frames = 0;
  run.onDetection(() => (frames += 1));
  return { load: () => {}, frames: () => frames, close: () => run.close() };
}

const starts: Readonly<Record<Role, (bus: MessageBus, task: ScaleTask) => Promise<RunningRole>>> = {
  edge: startEdge,
  inference: startInference,
  observer: startObserver,
};

export async function startRole(bus: MessageBus, task: ScaleTask): Promise<RunningRole> {
  await bus.ensureTopics([...cloudTopics(task.partitions), ...siteTopics(task.site, task.partitions)]);
  return starts[task.role](bus, task);
}

/** Nobody decodes it: it only begins as a JPEG does. */
function jpegOf(bytes: number): Uint8Array {
  const body = Uint8Array.from({ length: bytes }, (_, index) => (index * 2_654_435_761) >>> 24);
  body.set([0xff, 0xd8]);
  return body;
}
