import { setTimeout as delay } from 'node:timers/promises';
import type { TestBroker } from '@framegate/kafka-local';
import { startTestBroker, whyNoTestBroker } from '@framegate/kafka-local';
import type { MessageBus } from '@framegate/message-bus';
import { need, needFullRun } from '@framegate/test-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKafkaBus } from '../src/index.ts';

const hasBroker = need('a Kafka broker', () => whyNoTestBroker() === undefined, 'install Java 17 and Maven');
const isFull = needFullRun('20 stalls and 20 kills of the broker, of which one each is run otherwise');
const runs = isFull ? 20 : 1;
/** Longer than a request may take, so that what was stored is sent again. */
const stallMs = isFull ? 5000 : 2500;
const requestTimeoutMs = isFull ? 2000 : 1000;
const partitions = 4;
const body = new Uint8Array(20_000);

let broker: TestBroker;
let bus: MessageBus;

/** Sends in every partition, many at a time, until it is told to stop; the ids of what was acknowledged, by partition. */
async function sendWhile(topic: string, disturb: () => Promise<void>): Promise<string[][]> {
  const producer = await bus.producer();
  const acknowledged: string[][] = Array.from({ length: partitions }, () => []);
  const sends: Promise<void>[] = [];
  let next = 0;
  const timer = setInterval(() => {
    for (let partition = 0; partition < partitions; partition++) {
      const id = `${partition}/${next++}`;
      const sent = producer.send(topic, { key: 'k', headers: { id }, body, partition });
      sends.push(sent.then(() => void acknowledged[partition]?.push(id)));
    }
  }, 50);
  try {
    await disturb();
  } finally {
    clearInterval(timer);
  }
  await Promise.all(sends);
  await producer.close();
  return acknowledged;
}

async function stored(topic: string): Promise<string[][]> {
  const ids: string[][] = Array.from({ length: partitions }, () => []);
  const reader = await bus.subscribe({
    topics: [topic],
    group: null,
    from: 'earliest',
    handler: async ({ partition, headers }) => void ids[partition]?.push(headers['id'] ?? ''),
  });
  await reader.caughtUp();
  await reader.close();
  return ids;
}

describe.skipIf(!hasBroker)('what a broker has acknowledged', () => {
  beforeEach(async () => {
    broker = await startTestBroker();
    bus = createKafkaBus({ brokers: broker.brokers, clientId: 'test', requestTimeoutMs });
  });
  afterEach(async () => {
    await bus.close();
    await broker.stop();
  });

  const faults: [string, () => Promise<void>][] = [
    [
      'stands still for longer than a request may take',
      async () => {
        broker.pause();
        await delay(stallMs);
        broker.resume();
      },
    ],
    [
      'is killed and comes back',
      async () => {
        await broker.kill();
        await broker.restart();
      },
    ],
  ];
  it.each(faults)(
    'is stored once and in order when it %s',
    async (_what, fault) => {
      for (let run = 0; run < runs; run++) {
        const topic = `t${run}`;
        await bus.ensureTopics([{ name: topic, partitions }]);
        const acknowledged = await sendWhile(topic, async () => {
          await delay(500);
          await fault();
          await delay(500);
        });
        expect(acknowledged.flat().length).toBeGreaterThan(partitions * 10);
        expect(await stored(topic), `run ${run}`).toEqual(acknowledged);
      }
    },
    runs * 60_000,
  );
});
