import { startTestBroker, type TestBroker, whyNoTestBroker } from '@framegate/kafka-local';
import { createKafkaBus } from '@framegate/message-bus-kafka';
import { eventually } from '@framegate/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultProxy } from '../src/index.ts';
import { startFaultProxy } from '../src/index.ts';

const missing = whyNoTestBroker();
if (missing !== undefined) console.info(missing);

describe.skipIf(missing !== undefined)('a Kafka behind the fault proxy', { timeout: 60_000 }, () => {
  let proxy: FaultProxy;
  let broker: TestBroker;

  beforeAll(async () => {
    broker = await startTestBroker(async (target) => {
      proxy = await startFaultProxy({ target, random: () => 0.5 });
      return proxy.port;
    });
  });
  afterAll(async () => {
    await broker.stop();
    await proxy.close();
  });

  it('gets everything once and in order after the link was cut and its connections reset', async () => {
    const [site, cloud] = [broker.proxiedBrokers, broker.brokers].map((brokers, i) =>
      createKafkaBus({ brokers, clientId: `link-${i}` }),
    );
    await cloud!.ensureTopics([{ name: 'frames', partitions: 1 }]);
    const received: string[] = [];
    await cloud!.subscribe({
      topics: ['frames'],
      group: null,
      from: 'earliest',
      handler: async ({ key }) => void received.push(key),
    });
    const producer = await site!.producer();
    const body = new Uint8Array(20_000);
    const send = (key: string) => producer.send('frames', { key, headers: {}, body });

    await send('first');
    await eventually(() => received.length === 1);
    expect(proxy.passedBytes.toTarget).toBeGreaterThan(body.length);
    proxy.set({ toTarget: { open: false } });
    const waiting = ['second', 'third'].map(send);
    await eventually(() => proxy.waitingBytes.toTarget > 0);
    expect(received).toEqual(['first']);
    proxy.reset();
    proxy.set({ toTarget: { open: true } });
    await Promise.all(waiting);
    await eventually(() => received.length === 3);
    expect(received).toEqual(['first', 'second', 'third']);
    await Promise.all([site!.close(), cloud!.close()]);
  });
});
