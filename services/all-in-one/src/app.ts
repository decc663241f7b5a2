import { availableParallelism } from 'node:os';
import type { EdgeMemory } from '@framegate/camera-pipeline';
import type { MessageBus } from '@framegate/message-bus';
import type { Detector } from '@framegate/object-detector';
import type { RunObserver } from '@framegate/run-observer';
import { observeRun } from '@framegate/run-observer';
import { backfillTopic, cloudTopics, framesTopic, siteTopics } from '@framegate/contracts';
import { defaultRetention, openSqliteHistory } from '@framegate/history-store';
import type { PromiseOf } from '@framegate/service-console';
import { openAccess, promisesBy, startConsole } from '@framegate/service-console';
import type { ControllerDeps } from '@framegate/service-controller';
import { startController } from '@framegate/service-controller';
import { startInference } from '@framegate/service-inference';
import type { MotionDetectionDeps } from '@framegate/service-motion-detection';
import { startMotionDetection } from '@framegate/service-motion-detection';
import type { Clock, Logger, Metrics, Tracing } from '@framegate/service-kit';
import { abortableDelay, createHealth } from '@framegate/service-kit';
import type { StateStore } from '@framegate/state-store';
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
  /** Keeps frames while the edge's bus is away. */
  readonly spool?: MotionDetectionDeps['spool'];
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Absent: no traces. */
  readonly tracing?: Tracing | undefined;
  readonly openDetector: (model: string) => Promise<Detector>;
  readonly defaultModel: string;
  readonly pace: 'realtime' | 'none';
  readonly loop: boolean;
  readonly lossless: boolean;
  /** `pause`: cameras keep what is wanted of them, whatever comes. Default `act`; lossless runs always pause. */
  readonly control?: 'act' | 'pause';
  /** What is promised, as controller and console read it; absent: what is wanted of each camera. */
  readonly declaration?: NonNullable<ControllerDeps['declaration']> | undefined;
  /** Share of due frames that must be on time where no declaration says it of a camera. Default 0.95. */
  readonly target?: number;
  /** Consumer group of the inference; a name of its own keeps a run on a shared broker apart from others. */
  readonly group: string;
  /** Absent: nobody watches it in a browser. */
  readonly console?: {
    /** 0, or a port that is in use: a free one is taken. */
    readonly port: number;
  };
}

export interface AllInOne {
  readonly run: RunObserver;
  /** What is promised of a camera now. */
  readonly promiseOf: PromiseOf;
  /** Where the console's pages are, if there are any. */
  readonly consoleUrl: string | undefined;
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
  const promiseOf = promisesBy(() => deps.declaration?.(), deps.target ?? 0.95);
  const run = await observeRun(bus, {
    nowUs: clock.nowUs,
    site: deps.site,
    instance,
    objectiveMsOf: (cameraId) => promiseOf(cameraId).objectiveMs,
  });
  const store = createInProcessStore(() => performance.now());
  // Its pages may have to be built, which goes on while models are loaded; told where it is awaited.
  const starting = startPages(deps, { run, promiseOf, store, holder: instance });
  starting.catch(() => {});
  const controller = await startController({
    bus,
    partitions,
    nowUs: clock.nowUs,
    cores: availableParallelism(),
    declaration: () => deps.declaration?.(),
    // Where nothing may be dropped, back pressure rules and latency is promised to nobody.
    mode: deps.lossless ? 'pause' : (deps.control ?? 'act'),
    store,
    holder: instance,
    metrics: deps.metrics,
    tracing: deps.tracing,
    health: createHealth(['bus', 'directory']),
    logger: logger.child({ service: 'controller' }),
  });
  const inference = await startInference({
    ...deps,
    instance,
    topics: [framesTopic(deps.site), backfillTopic(deps.site)],
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

  const console = await starting;
  const drain = async (): Promise<void> => {
    await edge.close();
    await inference.caughtUp();
    await inference.close();
    await run.caughtUp();
  };
  return {
    run,
    promiseOf,
    consoleUrl: console?.url,
    sourcesEnded: edge.ended,
    drain,
    async close() {
      await controller.close();
      await console?.close();
      await run.close();
      await bus.close();
    },
  };
}

interface WatchedRun {
  readonly run: RunObserver;
  readonly promiseOf: PromiseOf;
  readonly store: StateStore;
  readonly holder: string;
}

async function startPages(deps: AllInOneDeps, { run, promiseOf, store, holder }: WatchedRun) {
  const { bus, clock, logger, console: pages } = deps;
  if (!pages) return undefined;
  const history = openSqliteHistory({ path: ':memory:' });
  const served = await startConsole({
    ...pages,
    promiseOf,
    bus,
    run,
    store,
    past: { store: history, retention: defaultRetention, group: `events-${holder}` },
    holder,
    nowUs: clock.nowUs,
    host: '127.0.0.1',
    anyPort: true,
    access: openAccess(),
    metrics: deps.metrics,
    logger: logger.child({ service: 'console' }),
    health: createHealth(['bus', 'pages']),
  });
  return {
    url: served.url,
    async close(): Promise<void> {
      await served.close();
      await history.close();
    },
  };
}
