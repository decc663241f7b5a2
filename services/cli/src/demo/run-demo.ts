import type { AllInOne, AllInOneDeps, ShapedBus } from '@framegate/all-in-one';
import { startAllInOne } from '@framegate/all-in-one';
import { createEdgeMemory } from '@framegate/camera-pipeline';
import type { MessageBus } from '@framegate/message-bus';
import { createDetector, resolveModel } from '@framegate/object-detector';
import type { RunReport } from '@framegate/run-observer';
import { runReport } from '@framegate/run-observer';
import { createClock, createHealth, createMetrics, startHttp, startTicker } from '@framegate/service-kit';
import type { Logger, Metrics, RunningHttp, Tracing } from '@framegate/service-kit';
import type { DemoCamera } from './demo-cameras.ts';
import { disturbanceAt, undisturbed } from './disturbance.ts';
import type { ViewState } from './live-view.ts';
import { renderView } from './live-view.ts';
import { machine } from '@framegate/service-kit';
import { createScreen } from './screen.ts';
import { slowedDetector } from './slowed-detector.ts';

export interface DemoRun {
  readonly site: string;
  readonly timezone: string;
  readonly cameras: readonly DemoCamera[];
  readonly bus: MessageBus;
  /** Given: trouble is made on purpose. */
  readonly link: ShapedBus | undefined;
  /** Ends the demo; it ends as well after `seconds`, or when all sources have. */
  readonly signal: AbortSignal;
  readonly seconds: number | undefined;
  readonly loop: boolean;
  readonly lossless: boolean;
  /** What is promised; absent: what is wanted of each camera. */
  readonly declaration?: AllInOneDeps['declaration'];
  /** Of the console's pages; another one is taken where it is in use. */
  readonly port: number;
  /** Where `/metrics` is served; undefined: nowhere. */
  readonly metricsPort: number | undefined;
  readonly output: NodeJS.WriteStream;
  readonly logger: Logger;
  /** Absent: no traces. */
  readonly tracing?: Tracing | undefined;
}

const drawEveryMs = 500;
const partitions = 4;

/** Runs all services in this process, shows them live, drains, and returns what happened. */
export async function runDemo(demo: DemoRun): Promise<RunReport> {
  const clock = createClock();
  const models = new Set(demo.cameras.map(({ intent }) => intent.wanted.model));
  let disturbance = undisturbed;
  const metrics = createMetrics();
  const http = await serveMetrics(demo, metrics);
  const pipeline = await startAllInOne({
    ...demo,
    ...(demo.link && { edgeBus: demo.link.edgeBus }),
    clock,
    partitions,
    memory: createEdgeMemory(),
    metrics,
    openDetector: async (name) => {
      const model = await resolveModel(name);
      const detector = await createDetector({ model, workers: 1, threadsPerWorker: 1 });
      return demo.link ? slowedDetector(detector, () => disturbance.slowdown) : detector;
    },
    defaultModel: [...models][0] ?? '',
    pace: demo.lossless ? 'none' : 'realtime',
    group: `framegate-demo-${process.pid}`,
    // Nobody watches what goes as fast as it can.
    ...(!demo.lossless && { console: { port: demo.port } }),
  });
  const promised = () => loosestPromise(demo.cameras, pipeline.promiseOf);
  if (pipeline.consoleUrl) demo.output.write(`console: ${pipeline.consoleUrl}\n`);

  const startedAtUs = clock.nowUs();
  const screen = createScreen(demo.output);
  /** Where nothing can be drawn over, what happens is told line by line. */
  const tell = (text: string): void => {
    const seconds = Math.floor((clock.nowUs() - startedAtUs) / 1e6);
    if (!demo.output.isTTY) demo.output.write(`${seconds} s  ${text}\n`);
  };
  let toldDecisions = 0;
  const tellDecisions = (): void => {
    for (const { reason } of pipeline.run.decisions().slice(toldDecisions)) tell(reason);
    toldDecisions = pipeline.run.decisions().length;
  };
  const draw = (): void => {
    const elapsedSeconds = (clock.nowUs() - startedAtUs) / 1e6;
    const state = viewState(pipeline, { elapsedSeconds, ...promised(), disturbance: disturbance.text });
    screen.draw(renderView(state, { columns: demo.output.columns ?? 100, colour: demo.output.isTTY }));
  };
  const disturb = (): void => {
    if (!demo.link) return;
    const next = disturbanceAt((clock.nowUs() - startedAtUs) / 1e6);
    if (next === disturbance) return;
    disturbance = next;
    demo.link.setRate(next.bytesPerSecond);
    if (next.text !== '') tell(`on purpose: ${next.text}`);
    else tell('as it was');
  };
  const ticker = startTicker(
    drawEveryMs,
    async () => {
      disturb();
      tellDecisions();
      draw();
    },
    () => {},
  );
  await Promise.race([pipeline.sourcesEnded, aborted(demo.signal), after(demo.seconds)]);
  await ticker.stop();
  disturbance = undisturbed;
  demo.link?.setRate(undisturbed.bytesPerSecond);
  const endedAtUs = clock.nowUs();
  await pipeline.drain();
  draw();
  screen.end();
  const report = runReport(pipeline.run, {
    kind: 'demo',
    startedAtUs,
    endedAtUs,
    ...promised(),
    environment: machine(),
  });
  await pipeline.close();
  await http?.close();
  await demo.link?.edgeBus.close();
  demo.link?.close();
  return report;
}

/** For Prometheus, on this machine alone. */
async function serveMetrics(
  { metricsPort: port, logger, output }: DemoRun,
  { registry }: Metrics,
): Promise<RunningHttp | undefined> {
  if (port === undefined) return undefined;
  const http = await startHttp({ host: '127.0.0.1', port, health: createHealth([]), registry, logger });
  output.write(`metrics: ${http.url}/metrics\n`);
  return http;
}

function viewState(
  { run }: AllInOne,
  now: Pick<ViewState, 'elapsedSeconds' | 'objectiveMs' | 'target' | 'disturbance'>,
): ViewState {
  const { total } = run.latencies;
  return {
    ...now,
    decisions: run.decisions(),
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

/** What holds of every camera: the screen and the report have room for one promise. */
function loosestPromise(
  cameras: DemoRun['cameras'],
  promiseOf: AllInOne['promiseOf'],
): Pick<ViewState, 'objectiveMs' | 'target'> {
  const promises = cameras.map(({ intent }) => ({ intent, ...promiseOf(intent.cameraId) }));
  return {
    objectiveMs: Math.max(...promises.map(({ objectiveMs, intent }) => objectiveMs ?? intent.objectiveMs)),
    target: Math.min(...promises.map(({ target }) => target)),
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
