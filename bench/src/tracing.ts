/**
 * What tracing costs the way from the edge's sending to the detection, as fast as one process takes frames, with a
 * detector that costs nothing: off, on at the usual rate, and every frame, in turn (A B C A B C).
 * `pnpm bench tracing [--frames 20000] [--rounds 5] [--json]`
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Frame } from '@framegate/contracts';
import { cloudTopics, encodeFrame, framesTopic, siteTopics } from '@framegate/contracts';
import { quantileOf } from '@framegate/control';
import { createCloudTracer, createEdgeTracer } from '@framegate/frame-trace';
import { startInferencePipeline } from '@framegate/inference-pipeline';
import { InProcessBus } from '@framegate/message-bus';
import type { Tracing } from '@framegate/service-kit';
import { createClock, createLogger, openTracing, readTraceConfig } from '@framegate/service-kit';
import { z } from 'zod';
import { benchOptions } from './bench-options.ts';
import { timedDetector } from '@framegate/inference-pipeline';

const options = benchOptions({
  frames: { type: 'number', default: 20_000, from: 1, whole: true },
  rounds: { type: 'number', default: 5, from: 1, whole: true },
  json: { type: 'boolean', default: false },
});
const { frames } = options;
const site = 'bench';
const usualRate = 0.01;
const ways = [
  { name: 'off', rate: undefined },
  { name: `on, ${usualRate * 100} % of the frames`, rate: usualRate },
  { name: 'on, every frame', rate: 1 },
] as const;

const jpeg = Uint8Array.from({ length: 50_000 }, (_, index) =>
  index === 0 ? 0xff : index === 1 ? 0xd8 : index,
);

const sink = new Worker(new URL('./trace-sink-worker.ts', import.meta.url));
const [address] = z.tuple([z.object({ port: z.int() })]).parse(await once(sink, 'message'));
const env = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${address.port}` };
const logger = createLogger({ name: 'bench', level: 'warn', destination: process.stderr });

const rounds: { readonly way: string; readonly framesPerSecond: number; readonly cpuUs: number }[] = [];
// The first round warms up and is not told.
for (let round = -1; round < options.rounds; round++) {
  for (const { name, rate } of ways) {
    const config = rate === undefined ? undefined : readTraceConfig(env);
    const tracing = await openTracing(config, { rate, instance: 'bench', logger });
    const measured = await pass(tracing);
    await tracing?.close();
    if (round >= 0) rounds.push({ way: name, ...measured });
  }
  if (!options.json) process.stderr.write('.');
}
await sink.terminate();

const medianOf = (way: string, pick: (round: (typeof rounds)[number]) => number): number =>
  quantileOf(rounds.filter((round) => round.way === way).map(pick), 0.5);
const results = ways.map(({ name }) => {
  const framesPerSecond = medianOf(name, (round) => round.framesPerSecond);
  const cpuUs = medianOf(name, (round) => round.cpuUs);
  return {
    way: name,
    framesPerSecond,
    cpuUs,
    throughput: framesPerSecond / medianOf('off', (round) => round.framesPerSecond),
    addedCpuUs: cpuUs - medianOf('off', (round) => round.cpuUs),
  };
});
if (options.json) {
  const report = { schema: 'framegate.report/1', kind: 'bench', bench: 'tracing', results, rounds };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} else {
  const lines = results.map(
    ({ way, framesPerSecond, throughput, cpuUs, addedCpuUs }) =>
      `${way.padEnd(24)} ${framesPerSecond.toFixed(0).padStart(7)} frames/s  ${(100 * throughput).toFixed(1).padStart(6)} %  ` +
      `CPU ${cpuUs.toFixed(1)} µs a frame (${addedCpuUs >= 0 ? '+' : ''}${addedCpuUs.toFixed(1)})`,
  );
  process.stdout.write(`\n${lines.join('\n')}\n`);
}

/** Sends the frames as an edge does, as fast as the pipeline takes them. */
async function pass(tracing: Tracing | undefined): Promise<{ framesPerSecond: number; cpuUs: number }> {
  const { nowUs } = createClock();
  const bus = new InProcessBus();
  await bus.ensureTopics([...cloudTopics(1), ...siteTopics(site, 1)]);
  const edge = tracing && createEdgeTracer(tracing, () => 0);
  const pipeline = await startInferencePipeline({
    instance: 'bench',
    group: 'bench',
    bus,
    nowUs,
    lossless: true,
    minScore: 0.3,
    batchWaitMs: 0,
    maxBatchOf: () => 1,
    detectorFor: async () => timedDetector({ serviceMs: 0 }),
    modelOf: () => 'timed',
    intentOf: () => undefined,
    trace: tracing && createCloudTracer(tracing),
    observer: {
      onRefused() {},
      onOutcome() {},
      onBatch() {},
      onModelMissing() {},
    },
  });
  const producer = await bus.producer();
  const startedAtUs = nowUs();
  const cpu = process.cpuUsage();
  for (let seq = 1; seq <= frames; seq++) {
    const taken = frameOf(seq, nowUs());
    const frame = { ...taken, traceparent: edge?.traceparent(taken) };
    const stored = await producer.send(framesTopic(site), encodeFrame(frame));
    edge?.ended(frame, { atUs: nowUs(), stored });
    // A memory bus keeps what nobody has taken yet.
    if (seq % 256 === 0) await pipeline.subscription.caughtUp();
  }
  await pipeline.subscription.caughtUp();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (nowUs() - startedAtUs) / 1e6;
  await pipeline.close();
  await bus.close();
  return { framesPerSecond: frames / seconds, cpuUs: (user + system) / frames };
}

function frameOf(seq: number, atUs: number): Frame {
  return {
    cameraId: `${site}/c${seq % 8}`,
    epoch: 1,
    seq,
    kind: 'live',
    objectiveMs: 6e4,
    configVersion: 0,
    capturedAtUs: atUs,
    gatedAtUs: atUs,
    encodedAtUs: atUs,
    publishedAtUs: atUs,
    score: 1,
    regions: [],
    width: 1280,
    height: 720,
    sourceWidth: 1280,
    sourceHeight: 720,
    jpeg,
    work: {
      decodeMs: 0,
      gateMs: 0,
      encodeMs: 0,
    },
    clock: {
      offsetUs: 0,
      errorUs: 0,
    },
  };
}
