import { availableParallelism } from 'node:os';
import type { EdgeMemory } from '@framegate/camera-pipeline';
import type { MessageBus } from '@framegate/message-bus';
import type { Detector } from '@framegate/object-detector';
import type { RunObserver } from '@framegate/run-observer';
import { observeRun } from '@framegate/run-observer';
import { cloudTopics, framesTopic, siteTopics } from '@framegate/contracts';
import { startController } from '@framegate/service-controller';
import { startInference } from '@framegate/service-inference';
import type { MotionDetectionDeps } from '@framegate/service-motion-detection';
import { startMotionDetection } from '@framegate/service-motion-detection';
import type { Clock, Logger, Metrics } from '@framegate/service-kit';
import { abortableDelay, createHealth } from '@framegate/service-kit';
import { createInProcessStore } from '@framegate/state-store';

export interface AllInOneDeps {
  readonly site: string;
  readonly timezone: string;
  readonly cameras: MotionDetectionDeps['cameras'];
  readonly bus: MessageBus;
  /** The way of the edge to the same broker, where it is another one. */
  readonly edgeBus?: MessageBus;
  readonly partitions: number;
  readonly clock: Clock;
  readonly memory: EdgeMemory;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly openDetector: (model: string) => Promise<Detector>;
  readonly defaultModel: string;
  readonly pace: 'realtime' | 'none';
  readonly loop: boolean;
  readonly lossless: boolean;
  /** Consumer group of the inference; a name of its own keeps a run on a shared broker apart from others. */
  readonly group: string;
}

export interface AllInOne {
  readonly run: RunObserver;
  /** Resolves when all sources have ended, which only files do, with the cameras that failed for good. */
  readonly sourcesEnded: Promise<readonly string[]>;
  /** Stops the cameras and waits until every frame has its outcome; the observer knows all of it then. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

const minScore = 0.35;
/** The configuration comes within milliseconds; a camera that waits longer starts on its intent alone. */
const configWaitMs = 3000;

/** Frames on the bus at which a lossless run stops its sources: an in-process bus keeps them in memory. */
const maxWaitingLossless = 64;

async function untilBelow(level: () => Promise<number>, limit: number, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted && (await level()) >= limit) await abortableDelay(2, stopping);
}

/** All services in one process: the demo, the integration fixture and the deployment of a small site. */
export async function startAllInOne(deps: AllInOneDeps): Promise<AllInOne> {
  const { bus, clock, logger, partitions } = deps;
  const instance = `all-in-one-${deps.group}`;
  await bus.ensureTopics([...cloudTopics(partitions), ...siteTopics(deps.site, partitions)]);
  const run = await observeRun(bus, { nowUs: clock.nowUs, site: deps.site, instance });
  const controller = await startController({
    bus,
    partitions,
    nowUs: clock.nowUs,
    cores: availableParallelism(),
    // Where nothing may be dropped, back pressure rules and latency is promised to nobody.
    mode: deps.lossless ? 'pause' : 'act',
    store: createInProcessStore(() => performance.now()),
    holder: instance,
    metrics: deps.metrics,
    health: createHealth(['bus', 'directory']),
    logger: logger.child({ service: 'controller' }),
  });
  const inference = await startInference({
    ...deps,
    instance,
    topics: [framesTopic(deps.site)],
    from: 'latest',
    health: createHealth(['bus', 'model', 'frames']),
    logger: logger.child({ service: 'inference' }),
    minScore,
    maxBatch: 1,
    batchWaitMs: 0,
  });
  const edge = await startMotionDetection({
    ...deps,
    bus: deps.edgeBus ?? bus,
    instance,
    health: createHealth(['bus', 'cameras']),
    logger: logger.child({ service: 'motion-detection' }),
    configWaitMs,
    ...(deps.lossless
      ? { admit: (stopping) => untilBelow(() => inference.lag(), maxWaitingLossless, stopping) }
      : {}),
  });

  const drain = async (): Promise<void> => {
    await edge.close();
    await inference.caughtUp();
    await inference.close();
    await run.caughtUp();
  };
  return {
    run,
    sourcesEnded: edge.ended,
    drain,
    async close() {
      await controller.close();
      await run.close();
      await bus.close();
    },
  };
}
