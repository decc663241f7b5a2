import type { AllInOne } from '@framegate/all-in-one';
import { startAllInOne } from '@framegate/all-in-one';
import { createEdgeMemory } from '@framegate/camera-pipeline';
import type { MessageBus } from '@framegate/message-bus';
import { createDetector, resolveModel } from '@framegate/object-detector';
import type { RunReport } from '@framegate/run-observer';
import { runReport } from '@framegate/run-observer';
import { createClock, createMetrics, startTicker } from '@framegate/service-kit';
import type { Logger } from '@framegate/service-kit';
import type { DemoCamera } from './demo-cameras.ts';
import type { ViewState } from './live-view.ts';
import { renderView } from './live-view.ts';
import { runEnvironment } from '../terminal/run-environment.ts';
import { createScreen } from './screen.ts';

export interface DemoRun {
  readonly site: string;
  readonly timezone: string;
  readonly cameras: readonly DemoCamera[];
  readonly bus: MessageBus;
  /** Ends the demo; it ends as well after `seconds`, or when all sources have. */
  readonly signal: AbortSignal;
  readonly seconds: number | undefined;
  readonly loop: boolean;
  readonly lossless: boolean;
  readonly output: NodeJS.WriteStream;
  readonly logger: Logger;
}

const drawEveryMs = 500;
const target = 0.95;
const partitions = 4;

/** Runs all services in this process, shows them live, drains, and returns what happened. */
export async function runDemo(demo: DemoRun): Promise<RunReport> {
  const clock = createClock();
  const models = new Set(demo.cameras.map(({ intent }) => intent.wanted.model));
  const objectiveMs = Math.max(...demo.cameras.map(({ intent }) => intent.objectiveMs));
  const pipeline = await startAllInOne({
    ...demo,
    clock,
    partitions,
    memory: createEdgeMemory(),
    metrics: createMetrics(),
    openDetector: async (model) =>
      createDetector({
        model: await resolveModel(model),
        workers: 1,
        threadsPerWorker: 1,
      }),
    defaultModel: [...models][0] ?? '',
    pace: demo.lossless ? 'none' : 'realtime',
    group: `framegate-demo-${process.pid}`,
  });

  const startedAtUs = clock.nowUs();
  const screen = createScreen(demo.output);
  const draw = (): void => {
    const elapsedSeconds = (clock.nowUs() - startedAtUs) / 1e6;
    const state = viewState(pipeline, elapsedSeconds, objectiveMs);
    screen.draw(renderView(state, { columns: demo.output.columns ?? 100, colour: demo.output.isTTY }));
  };
  const ticker = startTicker(
    drawEveryMs,
    async () => draw(),
    () => {},
  );
  await Promise.race([pipeline.sourcesEnded, aborted(demo.signal), after(demo.seconds)]);
  await ticker.stop();
  const endedAtUs = clock.nowUs();
  await pipeline.drain();
  draw();
  screen.end();
  const report = runReport(pipeline.run, {
    kind: 'demo',
    startedAtUs,
    endedAtUs,
    objectiveMs,
    target,
    environment: runEnvironment(),
  });
  await pipeline.close();
  return report;
}

function viewState({ run }: AllInOne, elapsedSeconds: number, objectiveMs: number): ViewState {
  const { total } = run.latencies;
  return {
    elapsedSeconds,
    objectiveMs,
    target,
    cameras: run.cameras(),
    edge: run.edge(),
    cloud: run.cloud(),
    slo: run.slo(),
    latency: {
      p50Ms: total.quantile(0.5),
      p95Ms: total.quantile(0.95),
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}

function after(seconds: number | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (seconds !== undefined) setTimeout(resolve, seconds * 1000).unref();
  return promise;
}
