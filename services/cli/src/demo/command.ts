import { availableParallelism } from 'node:os';
import { Readable } from 'node:stream';
import { createShapedBus } from '@framegate/all-in-one';
import { writeWholeFile } from '@framegate/analysis';
import { InProcessBus } from '@framegate/message-bus';
import type { MessageBus } from '@framegate/message-bus';
import { createKafkaBus, parseKafkaEnvironment } from '@framegate/message-bus-kafka';
import type { Environment, Logger } from '@framegate/service-kit';
import {
  ConfigError,
  createLogger,
  openTracing,
  readTogether,
  readTraceConfig,
} from '@framegate/service-kit';
import { readSite, sourcesFrom } from '@framegate/site-file';
import { followDeclaration } from '@framegate/slo-file';
import { Option } from 'commander';
import type { Command } from 'commander';
import { checkWritable } from '../files/work-folder.ts';
import { checkInputs } from './check-inputs.ts';
import type { DemoCamera } from './demo-cameras.ts';
import { camerasOf, defaultCameras, demoSite } from './demo-cameras.ts';
import { runDemo } from './run-demo.ts';
import { summaryLines } from './summary.ts';

interface DemoOptions {
  readonly source: readonly string[];
  readonly site?: string;
  readonly sloFile?: string;
  readonly bus: 'memory' | 'kafka';
  readonly seconds?: number;
  readonly report?: string;
  readonly model?: string;
  readonly lossless: boolean;
  readonly disturb: boolean;
  readonly port: number;
  readonly metricsPort?: number;
}

interface Cast {
  readonly site: string;
  readonly timezone: string;
  readonly cameras: readonly DemoCamera[];
}

const examples = `
Examples:
  $ pnpm demo                                       two real clips if they are at hand, and two synthetic scenes
  $ pnpm demo --seconds 30 --report report.json     for half a minute, with a framegate.report/1 document
  $ pnpm demo --source scene:rain --source clip.mp4 a synthetic scene beside a file, looped at its own rate
  $ pnpm demo --source 'rtsp://user:\${PASSWORD}@10.0.0.5/stream1'
  $ pnpm demo --disturb                             trouble in turn: the promise breaks, is explained, and is kept again
  $ pnpm demo --site deploy/site.example.yaml       cameras, masks and zones from a file
  $ pnpm demo --slo-file deploy/slo.example.yaml    objectives from a file
  $ KAFKA_BROKERS=localhost:9092 pnpm demo --bus kafka
`;

/** `framegate demo`: all services in one process, with a live view. */
export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description('run cameras, gate, bus, detector and controller in this process, and watch them')
    .option(
      '--source <url>',
      'file, rtsp:// or http:// URL, /dev/videoN or scene:NAME; repeatable',
      collect,
      [],
    )
    .option('--site <file>', 'YAML file of cameras')
    .option(
      '--slo-file <file>',
      'objectives (slo.yaml), as the services read them; read again when it changes',
    )
    .addOption(
      new Option('--bus <name>', 'what carries the frames').choices(['memory', 'kafka']).default('memory'),
    )
    .option('--seconds <n>', 'end after so many seconds', seconds)
    .option('--report <file>', 'write what happened as JSON')
    .option('--model <name>', 'detector for all --source; else the own one for scenes, YOLOX for others')
    .option('--disturb', 'slow the detector and narrow the link in turn, and watch the controller', false)
    .option('--port <n>', 'where the console is; another port where it is in use', port, 8480)
    .option('--metrics-port <n>', 'serve the metrics of all services for Prometheus there', port)
    .option('--lossless', 'analyse every frame that passes the gate, as fast as it goes; files end', false)
    .addHelpText('after', examples)
    .action(async (options: DemoOptions) => {
      process.exitCode = await demo(options, process.env);
    });
}

async function demo(options: DemoOptions, env: Environment): Promise<number> {
  if (options.report) {
    await checkWritable(options.report).catch((error: unknown) => {
      throw new ConfigError([error instanceof Error ? error.message : String(error)]);
    });
  }
  if (options.disturb && (options.bus === 'kafka' || options.lossless))
    throw new ConfigError([
      '--disturb goes with the bus in memory and without --lossless: leave the others out',
    ]);
  const cast = await castOf(options, env);
  await checkInputs(
    cast.cameras.map(({ intent }) => intent.wanted.model),
    cast.cameras.flatMap(({ source, watch }) => (watch ? [source, watch] : [source])),
  );
  const level = process.stdout.isTTY ? 'silent' : 'warn';
  const logger = createLogger({
    name: 'demo',
    level,
    destination: process.stderr,
  });
  const declaration = followDeclaration(options.sloFile, { cores: availableParallelism() }, logger);
  const link = options.disturb ? createShapedBus() : undefined;
  const bus = link?.bus ?? openBus(options.bus, env, logger);
  const stop = new AbortController();
  const onSignal = (): void => (stop.signal.aborted ? process.exit(130) : stop.abort());
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);

  process.stdout.write(
    `${cast.cameras.map(({ intent }) => intent.cameraId).join(', ')}: starting; Ctrl-C ends\n`,
  );
  const tracing = await openTracing(readTraceConfig(env), { instance: 'demo', logger });
  const report = await runDemo({
    ...cast,
    tracing,
    bus,
    link,
    port: options.port,
    metricsPort: options.metricsPort,
    signal: stop.signal,
    seconds: options.seconds,
    lossless: options.lossless,
    ...(declaration && { declaration: () => declaration.current() }),
    loop: !options.lossless,
    output: process.stdout,
    logger,
  });
  declaration?.close();
  await tracing?.close();
  process.stdout.write(`\n${summaryLines(report).join('\n')}\n`);
  if (options.report)
    await writeWholeFile(options.report, Readable.from([`${JSON.stringify(report, null, 2)}\n`]));
  return report.ledger.balanced ? 0 : 1;
}

async function castOf(options: DemoOptions, env: Environment): Promise<Cast> {
  if (options.site !== undefined) return readSite(options.site, env);
  const cast = { site: demoSite, timezone: 'UTC' };
  if (options.source.length > 0)
    return { ...cast, cameras: camerasOf(sourcesFrom(options.source, env), options.model) };
  const { cameras, missing } = await defaultCameras();
  if (missing !== undefined) process.stdout.write(`synthetic scenes only: ${missing}\n`);
  return { ...cast, cameras };
}

function openBus(name: DemoOptions['bus'], env: Environment, logger: Logger): MessageBus {
  if (name === 'memory') return new InProcessBus();
  const { kafka } = readTogether({ kafka: () => parseKafkaEnvironment(env) });
  return createKafkaBus({ ...kafka, clientId: 'framegate-demo', logger });
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function seconds(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new ConfigError([`--seconds ${text}: expected a number above 0, such as 30`]);
}

function port(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new ConfigError([`port ${text}: expected a port, 0 to 65535; 0 takes a free one`]);
}
