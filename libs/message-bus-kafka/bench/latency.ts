/**
 * Time from `send` to handler through a broker on this machine: 100 KB frames, 50 a second, 4 partitions.
 *
 * Usage: node libs/message-bus-kafka/bench/latency.ts [--seconds N] [--json]
 * Uses KAFKA_BROKERS, or a broker of its own.
 */
import { setInterval as ticks } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startTestBroker } from '@framegate/kafka-local';
import type { MessageBus } from '@framegate/message-bus';
import { createKafkaBus, parseKafkaEnvironment } from '../src/index.ts';

const FRAME_BYTES = 100_000;
const FRAMES_PER_SECOND = 50;
const PARTITIONS = 4;
/** The first messages pay for connections and for code that is not compiled yet. */
const WARM_UP_FRAMES = 100;

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '10' }, json: { type: 'boolean' } },
});
const own = process.env['KAFKA_BROKERS'] === undefined ? await startTestBroker() : undefined;
const connection = own ? { brokers: own.brokers } : parseKafkaEnvironment(process.env);
const bus = createKafkaBus({ ...connection, clientId: 'latency-bench' });
try {
  print(summarize(await measure(bus, Number(values.seconds) * FRAMES_PER_SECOND)));
} finally {
  await bus.close();
  await own?.stop();
}

/** @returns milliseconds, one for each frame after the warm-up */
async function measure(client: MessageBus, frames: number): Promise<number[]> {
  const topic = `latency-bench.${Date.now()}`;
  await client.ensureTopics([{ name: topic, partitions: PARTITIONS }]);
  const producer = await client.producer();
  const latenciesMs: number[] = [];
  const subscription = await client.subscribe({
    topics: [topic],
    group: null,
    from: 'earliest',
    concurrency: 8,
    handler: async ({ headers }) => {
      latenciesMs.push(performance.now() - Number(headers['sent']));
    },
  });
  await subscription.caughtUp();
  const body = new Uint8Array(FRAME_BYTES).fill(255);
  let sent = 0;
  for await (const _ of ticks(1000 / FRAMES_PER_SECOND)) {
    const headers = { sent: String(performance.now()) };
    void producer.send(topic, { key: 'camera', headers, body, partition: sent % PARTITIONS });
    sent += 1;
    if (sent === frames + WARM_UP_FRAMES) break;
  }
  await producer.flush();
  await subscription.caughtUp();
  return latenciesMs.slice(WARM_UP_FRAMES);
}

function summarize(latenciesMs: readonly number[]) {
  const sorted = latenciesMs.toSorted((left, right) => left - right);
  const percentile = (share: number): number => {
    const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
    return Math.round(value * 100) / 100;
  };
  return { frames: sorted.length, p50Ms: percentile(0.5), p95Ms: percentile(0.95), p99Ms: percentile(0.99) };
}

function print(result: ReturnType<typeof summarize>): void {
  if (values.json) console.log(JSON.stringify(result));
  else console.table([result]);
}
