/** One sender by itself in a process: `cost-process.ts TASK` prints what it cost. */
import { createKafkaBus } from '@framegate/message-bus-kafka';
import { Kafka, logLevel } from 'kafkajs';
import type { CostRun, CostTask } from './cost-task.ts';
import { costTaskSchema } from './cost-task.ts';
import { readLoadOptions, runPart } from '@framegate/service-load';

const task = costTaskSchema.parse(JSON.parse(process.argv[2] ?? ''));
const run = task.sender === 'load generator' ? byLoad(task) : byLoop(task);
process.stdout.write(JSON.stringify(await run));
process.exit(0);

async function byLoad({ brokers, site, perSecond, bytes, seconds }: CostTask): Promise<CostRun> {
  const cameras = 10;
  const args = {
    cameras,
    fps: perSecond / cameras,
    seconds,
    site,
    spacing: 'even',
    bus: 'kafka',
    partitions: 4,
  };
  const options = readLoadOptions(Object.entries(args).flatMap(([name, value]) => [`--${name}`, `${value}`]));
  if ('mistakes' in options) throw new Error(options.mistakes.join('\n'));
  const bus = createKafkaBus({ brokers, clientId: 'load-cost' });
  const pool = [new Uint8Array(bytes).fill(1)];
  const context = { part: { index: 0, of: 1 }, bus, pool, onProgress: () => {}, tell: () => {} };
  const { cpuMs, sent, failed, seconds: tookSeconds } = await runPart(options, context);
  await bus.close();
  return { cpuMsPerFrame: cpuMs / sent, sent, failed, seconds: tookSeconds };
}

/** As anybody would write it: a timer, `send`, and no look back. */
async function byLoop({ sender, brokers, site, perSecond, bytes, seconds }: CostTask): Promise<CostRun> {
  const kafka = new Kafka({ clientId: 'load-cost', brokers, logLevel: logLevel.NOTHING });
  const idempotent = sender === 'kafkajs loop, idempotent';
  const producer = kafka.producer(idempotent ? { idempotent, maxInFlightRequests: 1 } : {});
  const [admin, topic, partitions] = [kafka.admin(), `${site}.loop`, 4];
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: partitions }], waitForLeaders: true });
  await admin.disconnect();
  await producer.connect();
  const value = Buffer.alloc(bytes, 1);
  const frames = Math.round(perSecond * seconds);
  const [startMs, cpuBefore] = [performance.now(), process.cpuUsage()];
  let failed = 0;
  const sends: Promise<unknown>[] = [];
  for (let frame = 0; frame < frames; frame += 1) {
    const waitMs = startMs + (frame * 1000) / perSecond - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    const message = { partition: frame % partitions, key: 'camera', value };
    sends.push(producer.send({ topic, messages: [message] }).catch(() => (failed += 1)));
  }
  await Promise.all(sends);
  const { user, system } = process.cpuUsage(cpuBefore);
  const tookSeconds = (performance.now() - startMs) / 1000;
  await producer.disconnect();
  return { cpuMsPerFrame: (user + system) / 1000 / frames, sent: frames, failed, seconds: tookSeconds };
}
