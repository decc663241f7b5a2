import { quantileOf } from '@framegate/control';
import { waitUntilUs } from '@framegate/load-generator';
import type { BusRun, BusTask } from './bus-run.ts';
import { busTaskSchema } from './bus-run.ts';
import { openFramegate, openInProcess } from './framegate-transport.ts';
import { openIdempotentKafkajs, openKafkajs } from './kafkajs-transport.ts';
import { openPlatformatic } from './platformatic-transport.ts';
import type { OpenTransport } from './transport.ts';

// A client by itself in a process: its CPU time is the process's. `bus-process.ts TASK` prints a BusRun.

const transports: Readonly<Record<BusTask['client'], OpenTransport>> = {
  framegate: openFramegate,
  kafkajs: openKafkajs,
  'kafkajs idempotent': openIdempotentKafkajs,
  platformatic: openPlatformatic,
  'in process': openInProcess,
};
const partitions = 4;
/** The first messages pay for connections and for code that is not compiled yet. */
const warmUpSeconds = 2;
/** What has not come so long after the last was sent is lost or late beyond use. */
const patienceMs = 10_000;

const task = busTaskSchema.parse(JSON.parse(process.argv[2] ?? ''));
process.stdout.write(JSON.stringify(await run(task)));
process.exit(0);

async function run({ client, brokers, topic, bytes, perSecond, seconds }: BusTask): Promise<BusRun> {
  const latenciesMs: number[] = [];
  const errors = new Set<string>();
  let countsFromMs = Infinity;
  const transport = await transports[client]({
    brokers,
    topic,
    partitions,
    onMessage: (sentAtMs) => {
      if (sentAtMs >= countsFromMs) latenciesMs.push(performance.now() - sentAtMs);
    },
  });
  const body = Uint8Array.from({ length: bytes }, (_, i) => (i * 2_654_435_761) >>> 24);
  const startMs = performance.now() + 100;
  countsFromMs = startMs + warmUpSeconds * 1000;
  const sends: Promise<unknown>[] = [];
  async function send(from: number, to: number): Promise<void> {
    for (let index = from; index < to; index++) {
      const dueMs = startMs + (index * 1000) / perSecond;
      await waitUntilUs(dueMs * 1000, () => performance.now() * 1000);
      const sent = transport.send(index % partitions, dueMs, body);
      sends.push(sent.catch((error: unknown) => errors.add(String(error))));
    }
  }
  const warmUp = Math.ceil(warmUpSeconds * perSecond);
  const measured = Math.ceil(seconds * perSecond);
  await send(0, warmUp);
  const cpuBefore = process.cpuUsage();
  await send(warmUp, warmUp + measured);
  await Promise.all(sends);
  const givenUpMs = performance.now() + patienceMs;
  while (latenciesMs.length < measured && performance.now() < givenUpMs)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const { user, system } = process.cpuUsage(cpuBefore);
  await transport.close();
  const at = (q: number): number | null => (latenciesMs.length === 0 ? null : quantileOf(latenciesMs, q));
  return {
    sent: measured,
    received: latenciesMs.length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    cpuMsPerMessage: (user + system) / 1000 / measured,
    errors: [...errors],
  };
}
