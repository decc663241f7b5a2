import { startTestBroker, type TestBroker, whyNoTestBroker } from '@framegate/kafka-local';
import type { Delivery, MessageBus } from '@framegate/message-bus';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createKafkaBus, type KafkaBusOptions } from '../src/index.ts';

const missing = whyNoTestBroker();
if (missing !== undefined) console.info(missing);

const PATIENT = { timeout: 60_000 };
const encoder = new TextEncoder();
const decoder = new TextDecoder();

describe.skipIf(missing !== undefined)('Kafka bus', { timeout: 60_000 }, () => {
  let broker: TestBroker;
  let buses: MessageBus[] = [];

  beforeAll(async () => {
    broker = await startTestBroker();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await Promise.all(buses.map((bus) => bus.close({ drainTimeoutMs: 0 })));
    buses = [];
  });
  afterAll(() => broker?.stop());

  function connect(options: Partial<KafkaBusOptions> = {}): MessageBus {
    const bus = createKafkaBus({ brokers: broker.brokers, clientId: 'outages', ...options });
    buses.push(bus);
    return bus;
  }

  it('loses no acknowledged message, and none of their order, when the broker is killed and comes back', async () => {
    const bus = connect();
    await bus.ensureTopics([{ name: 'killed', partitions: 2 }]);
    const producer = await bus.producer();
    const received: Delivery[] = [];
    const subscription = await bus.subscribe({
      topics: ['killed'],
      group: 'killed',
      from: 'earliest',
      concurrency: 4,
      handler: async (delivery) => void received.push(delivery),
    });
    const sends: Promise<string>[] = [];
    const timer = setInterval(() => {
      const text = String(sends.length);
      const message = { key: 'camera', headers: {}, body: encoder.encode(text), partition: sends.length % 2 };
      sends.push(producer.send('killed', message).then(() => text));
    }, 10);
    try {
      await expect.poll(() => received.length, PATIENT).toBeGreaterThan(20);
      await broker.kill();
      await expect.poll(() => bus.state(), PATIENT).toBe('reconnecting');
      await expect.poll(() => producer.queued(), PATIENT).toBeGreaterThan(20);
      await broker.restart();
      await expect.poll(() => bus.state(), PATIENT).toBe('connected');
    } finally {
      clearInterval(timer);
    }
    const acknowledged = await Promise.all(sends);
    await subscription.caughtUp();
    for (const partition of [0, 1]) {
      const texts = received
        .filter((each) => each.partition === partition)
        .map(({ body }) => decoder.decode(body));
      const firstTime = texts.filter((text, index) => texts.indexOf(text) === index);
      expect(firstTime).toEqual(acknowledged.filter((text) => Number(text) % 2 === partition));
    }
  });

  it('lets each of several that create the same topics at once subscribe to them at once', async () => {
    const together = Array.from({ length: 8 }, () => connect());
    for (let round = 0; round < 5; round += 1) {
      const names = Array.from({ length: 6 }, (_, index) => `at-once.${round}.${index}`);
      const reading = together.map(async (bus) => {
        await bus.ensureTopics(names.map((name) => ({ name, partitions: 4 })));
        return bus.subscribe({ topics: names, group: null, from: 'earliest', handler: async () => {} });
      });
      const subscriptions = await Promise.all(reading);
      expect(subscriptions).toHaveLength(together.length);
      await Promise.all(subscriptions.map((subscription) => subscription.close({ drainTimeoutMs: 0 })));
    }
  });

  it('closes a subscription by pattern that looks for topics while the broker is away', async () => {
    const bus = connect({ topicPollIntervalMs: 100 });
    await bus.ensureTopics([{ name: 'pattern.one', partitions: 1 }]);
    const subscription = await bus.subscribe({
      topics: [/^pattern\./],
      group: 'pattern',
      from: 'earliest',
      handler: async () => {},
    });
    await broker.kill();
    await expect.poll(() => bus.state(), PATIENT).toBe('reconnecting');
    await subscription.close({ drainTimeoutMs: 0 });
    await bus.close({ drainTimeoutMs: 0 });
    await broker.restart();
  });

  it('waits for a broker that is not there yet', async () => {
    await broker.kill();
    const bus = connect();
    const states: string[] = [];
    bus.onState((state) => {
      if (states.at(-1) !== state) states.push(state);
    });
    const created = bus.ensureTopics([{ name: 'early', partitions: 1 }]);
    const producer = await bus.producer();
    expect(bus.state()).toBe('reconnecting');
    await broker.restart();
    await created;
    const sent = producer.send('early', { key: 'k', headers: {}, body: encoder.encode('a') });
    await expect(sent).resolves.toEqual({ partition: 0, offset: 0n });
    await expect.poll(() => states, PATIENT).toEqual(['reconnecting', 'connected']);
  });

  it('ends a call that waits for a broker when the bus is closed', async () => {
    const bus = createKafkaBus({ brokers: ['127.0.0.1:1'], clientId: 'nobody' });
    const waiting = bus.topics().catch((error: unknown) => error);
    const producer = await bus.producer();
    const sent = producer
      .send('any', { key: 'k', headers: {}, body: encoder.encode('a') })
      .catch((error: unknown) => error);
    await bus.close({ drainTimeoutMs: 0 });
    expect(await waiting).toMatchObject({ code: 'CLOSED' });
    expect(await sent).toMatchObject({ code: 'CLOSED' });
  });

  it('keeps its membership while a handler takes longer than the session time-out', async () => {
    const bus = connect({ sessionTimeoutMs: 6000, heartbeatIntervalMs: 200 });
    await bus.ensureTopics([{ name: 'slow', partitions: 1 }]);
    const producer = await bus.producer();
    const sends = ['a', 'b'].map((text) =>
      producer.send('slow', { key: 'k', headers: {}, body: encoder.encode(text) }),
    );
    await Promise.all(sends);
    const handled: string[] = [];
    let assignments = 0;
    const subscription = await bus.subscribe({
      topics: ['slow'],
      group: 'slow',
      from: 'earliest',
      onPartitions: () => {
        assignments += 1;
      },
      handler: async ({ body }) => {
        handled.push(decoder.decode(body));
        if (handled.length === 1) await new Promise((resolve) => setTimeout(resolve, 7000));
      },
    });
    await subscription.caughtUp();
    expect(handled).toEqual(['a', 'b']);
    expect(assignments).toBe(1);
  });

  it('arms no timer that only arms itself again while it has nothing to send (kafkajs#1751)', async () => {
    const bus = connect();
    let armed = 0;
    const realSetTimeout = globalThis.setTimeout;
    const spy = vi.spyOn(globalThis, 'setTimeout').mockImplementation((callback, delayMs, ...args) => {
      if (new Error('who').stack?.includes('requestQueue')) armed += 1;
      return realSetTimeout(callback, delayMs, ...args);
    });
    await bus.ensureTopics([{ name: 'idle', partitions: 1 }]);
    const producer = await bus.producer();
    const message = { key: 'k', headers: {}, body: encoder.encode('a') };
    for (let count = 0; count < 20; count += 1) await producer.send('idle', message);
    expect(spy).toHaveBeenCalled();
    expect(armed).toBe(0);
  });

  it('deletes the group of a subscriber without a group when it is closed', async () => {
    const bus = connect({ clientId: 'observer-test' });
    await bus.ensureTopics([{ name: 'observed', partitions: 1 }]);
    const subscription = await bus.subscribe({
      topics: ['observed'],
      group: null,
      from: 'earliest',
      handler: async () => {},
    });
    await subscription.caughtUp();
    expect(await groupsOf(broker)).toContainEqual(expect.stringMatching(/^observer-test\.observer\./));
    await subscription.close();
    expect(await groupsOf(broker)).not.toContainEqual(expect.stringMatching(/^observer-test\.observer\./));
  });
});

async function groupsOf({ brokers }: TestBroker): Promise<string[]> {
  const { Kafka, logLevel } = await import('kafkajs');
  const admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const { groups } = await admin.listGroups();
  await admin.disconnect();
  return groups.map(({ groupId }) => groupId);
}
