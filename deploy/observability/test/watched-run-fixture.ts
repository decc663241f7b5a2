import { setTimeout as delay } from 'node:timers/promises';
import { createEdgeMemory } from '@framegate/camera-pipeline';
import type { CameraIntent } from '@framegate/contracts';
import { defaultRetention, openSqliteHistory } from '@framegate/history-store';
import { InProcessBus } from '@framegate/message-bus';
import type { Detector } from '@framegate/object-detector';
import { createDetector, resolveModel } from '@framegate/object-detector';
import { observeRun } from '@framegate/run-observer';
import { openAccess, startConsole } from '@framegate/service-console';
import { startController } from '@framegate/service-controller';
import { startInference } from '@framegate/service-inference';
import type { Metrics, Tracing } from '@framegate/service-kit';
import { createClock, createHealth, createLogger, createMetrics, startHttp } from '@framegate/service-kit';
import { startMotionDetection } from '@framegate/service-motion-detection';
import { createInProcessStore } from '@framegate/state-store';
import { parseSource } from '@framegate/video-source';

const model = 'street-nano';
const partitions = 2;

/** A service of the run, as it is scraped. */
export interface WatchedService {
  readonly name: 'motion-detection' | 'inference' | 'controller' | 'console';
  readonly metrics: Metrics;
  readonly url: string;
}

interface WatchedOptions {
  readonly tracing?: Tracing | undefined;
  readonly onLogLine?: (line: string) => void;
}

export interface WatchedRun {
  readonly services: readonly WatchedService[];
  readonly consoleUrl: string;
  /** Each frame takes this much longer in the detector from now on. */
  slowDown(byMs: number): void;
  /** From now on the detector fails. */
  breakDown(): void;
  close(): Promise<void>;
}

/** The four services in one process over the bus in memory, with two synthetic cameras; each with its own /metrics. */
export async function startWatchedRun({
  tracing,
  onLogLine = () => {},
}: WatchedOptions = {}): Promise<WatchedRun> {
  const bus = new InProcessBus();
  const clock = createClock();
  const logger = createLogger({ name: 'test', destination: { write: onLogLine } });
  let slowerByMs = 0;
  let isBroken = false;
  const edge = createHealth(['bus', 'cameras']);
  const cloud = createHealth(['bus', 'model', 'frames']);
  const control = createHealth(['bus', 'directory']);
  const pages = createHealth(['bus', 'pages']);
  const services = await Promise.all([
    serve('motion-detection', edge),
    serve('inference', cloud),
    serve('controller', control),
    serve('console', pages),
  ]);
  const [edgeMetrics, cloudMetrics, controlMetrics, pagesMetrics] = services.map(({ metrics }) => metrics);
  const store = createInProcessStore(() => performance.now());
  const common = { bus, partitions, clock, logger, tracing, instance: 'test' };
  const controller = await startController({
    ...common,
    nowUs: clock.nowUs,
    cores: 1,
    store,
    holder: 'test',
    metrics: controlMetrics ?? createMetrics(),
    health: control,
  });
  const inference = await startInference({
    ...common,
    group: 'test',
    metrics: cloudMetrics ?? createMetrics(),
    health: cloud,
    openDetector: async (name) =>
      slowable(await openDetector(name), () => {
        if (isBroken) throw new Error('broken on purpose');
        return slowerByMs;
      }),
    defaultModel: model,
    minScore: 0.3,
    maxBatch: 1,
    batchWaitMs: 0,
    lossless: false,
  });
  const site = await startMotionDetection({
    ...common,
    site: 'north',
    timezone: 'UTC',
    cameras: ['street', 'door'].map((name, index) => ({
      source: parseSource(`scene:street?seed=${index + 1}&size=640x360&fps=5`),
      intent: intentOf(`north/${name}`),
    })),
    memory: createEdgeMemory(),
    metrics: edgeMetrics ?? createMetrics(),
    health: edge,
    pace: 'realtime',
    loop: true,
    lossless: false,
    configWaitMs: 3000,
  });

  const history = openSqliteHistory({ path: ':memory:' });
  const run = await observeRun(bus, { nowUs: clock.nowUs });
  const console = await startConsole({
    ...common,
    run,
    nowUs: clock.nowUs,
    store,
    holder: 'test',
    past: { store: history, retention: defaultRetention },
    promiseOf: () => ({ slo: undefined, objectiveMs: undefined, target: 0.95 }),
    host: '127.0.0.1',
    port: 0,
    access: openAccess(),
    metrics: pagesMetrics ?? createMetrics(),
    health: pages,
  });

  return {
    services,
    consoleUrl: console.url,
    slowDown: (byMs) => void (slowerByMs = byMs),
    breakDown: () => void (isBroken = true),
    async close() {
      await console.close();
      await run.close();
      await history.close();
      await site.close();
      await inference.close();
      await controller.close();
      await bus.close();
      await Promise.all(services.map(({ close }) => close()));
    },
  };

  async function serve(name: WatchedService['name'], health: Parameters<typeof startHttp>[0]['health']) {
    const metrics = createMetrics();
    const { url, close } = await startHttp({ host: '127.0.0.1', port: 0, health, registry: metrics.registry, logger }); // prettier-ignore
    return { name, metrics, url, close };
  }
}

async function openDetector(name: string): Promise<Detector> {
  return createDetector({ model: await resolveModel(name), workers: 1, threadsPerWorker: 1 });
}

/** The detector whose worker stays taken for longer than it works; it fails where `byMs` throws. */
function slowable(detector: Detector, byMs: () => number): Detector {
  let held = 0;
  return {
    model: detector.model,
    maxBatch: detector.maxBatch,
    get freeWorkers() {
      return Math.max(0, detector.freeWorkers - held);
    },
    get workers() {
      return detector.workers;
    },
    setWorkers: (workers) => detector.setWorkers(workers),
    detect: (image, options) => detector.detect(image, options),
    async detectBatch(images, options) {
      const results = await detector.detectBatch(images, options);
      const restMs = byMs();
      held += 1;
      await delay(restMs).finally(() => (held -= 1));
      return results;
    },
    close: () => detector.close(),
  };
}

function intentOf(cameraId: string): CameraIntent {
  return {
    cameraId,
    revision: 0,
    motionMasks: [],
    privacyMasks: [],
    zones: [],
    classes: [],
    objectiveMs: 2000,
    preRollSeconds: 0,
    postRollSeconds: 1,
    keepAliveSeconds: 2,
    wanted: { framesPerSecond: 5, width: 640, quality: 80, motionSensitivity: 50, model },
  };
}
