import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BusError } from './bus-error.ts';
import { partitionForKey } from './partitioner.ts';
import type { Delivery, MessageBus, OutgoingMessage, Producer, SubscribeOptions, Subscription } from './port.ts';

export interface BusUnderTest {
  /** A client of the same broker each time; the suite closes it. */
  createBus(): MessageBus | Promise<MessageBus>;
  /** Takes the broker away (`false`) and brings it back (`true`); resolves when that is done. */
  setAvailable(available: boolean): Promise<void>;
  close(): Promise<void>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const FAST_RETRY = { initialMs: 1, maxMs: 10 };
/** Long enough for a consumer group to form on a busy machine; tests end as soon as their condition holds. */
const TIMEOUT_MS = 60_000;

/** What every bus promises. Call it in a test file of the bus; `skip` says why it cannot run here. */
export function describeMessageBusContract(name: string, open: () => Promise<BusUnderTest>): void {
  describe(`message bus contract: ${name}`, { timeout: TIMEOUT_MS }, () => {
    let broker: BusUnderTest;
    let bus: MessageBus;
    let opened: MessageBus[] = [];
    let topicCount = 0;

    beforeAll(async () => {
      broker = await open();
    }, TIMEOUT_MS);
    afterAll(() => broker?.close(), TIMEOUT_MS);
    afterEach(async () => {
      await Promise.all(opened.map((each) => each.close({ drainTimeoutMs: 0 })));
      opened = [];
    }, TIMEOUT_MS);

    async function connect(): Promise<MessageBus> {
      const created = await broker.createBus();
      opened.push(created);
      return created;
    }

    async function topic(spec: { partitions?: number; compacted?: boolean; maxMessageBytes?: number } = {}): Promise<string> {
      bus = await connect();
      topicCount += 1;
      const fresh = `contract.${process.pid}.${Date.now().toString(36)}.${topicCount}`;
      await bus.ensureTopics([{ name: fresh, partitions: 1, ...spec }]);
      return fresh;
    }

    /** A subscription whose handler collects; `handle` may reject or wait. */
    async function collect(
      options: Partial<SubscribeOptions> & Pick<SubscribeOptions, 'topics'>,
      handle: (delivery: Delivery) => Promise<void> = async () => {},
      client: MessageBus = bus,
    ): Promise<{ subscription: Subscription; received: Delivery[]; texts: () => string[] }> {
      const received: Delivery[] = [];
      const subscription = await client.subscribe({
        group: 'group-1',
        from: 'earliest',
        retryBackoff: FAST_RETRY,
        ...options,
        handler: async (delivery) => {
          received.push(delivery);
          await handle(delivery);
        },
      });
      return { subscription, received, texts: () => received.map(({ body }) => decoder.decode(body)) };
    }

    it('delivers the messages of a key in the order in which they were sent', async () => {
      const name = await topic({ partitions: 4 });
      const producer = await bus.producer();
      const keys = ['berlin/gate', 'berlin/yard', 'paris/hall', 'oslo/dock'];
      const sends = range(100).map((seq) => producer.send(name, message(`${seq}`, { key: keys[seq % 4] ?? '' })));
      const results = await Promise.all(sends);
      const { subscription, received } = await collect({ topics: [name], concurrency: 3 });
      await subscription.caughtUp();
      for (const key of keys) {
        const seqs = received.filter((delivery) => delivery.key === key).map(({ body }) => Number(decoder.decode(body)));
        expect(seqs).toEqual(range(100).filter((seq) => keys[seq % 4] === key));
      }
      expect(results.map(({ partition }) => partition)).toEqual(
        range(100).map((seq) => partitionForKey(keys[seq % 4] ?? '', 4)),
      );
    });

    it('carries key, body, time and many UTF-8 headers unchanged', async () => {
      const name = await topic();
      const producer = await bus.producer();
      const headers = Object.fromEntries(range(60).map((index) => [`ce_attribute${index}`, `wärme ${index} 摄像头 🎥`]));
      const body = Uint8Array.from(range(70_000), (value) => value % 256);
      const sent = { key: 'malmö/entré', headers, body, timestampMs: 1_700_000_000_123 };
      const { offset, partition } = await producer.send(name, sent);
      const { subscription, received } = await collect({ topics: [name] });
      await subscription.caughtUp();
      expect(received).toHaveLength(1);
      expect(received[0]).toMatchObject({ topic: name, key: sent.key, headers, partition, offset, attempt: 1 });
      expect(received[0]?.timestampMs).toBe(sent.timestampMs);
      expect(Buffer.from(received[0]?.body ?? []).equals(body)).toBe(true);
    });

    it('passes nothing by reference, neither on the way in nor between subscribers', async () => {
      const name = await topic();
      const producer = await bus.producer();
      const original = message('before');
      const stored = producer.send(name, original);
      original.body.fill(0);
      original.headers['late'] = 'yes';
      await stored;
      const destroy = async (delivery: Delivery): Promise<void> => {
        expect(delivery.headers).toEqual({});
        structuredClone(delivery.body.buffer, { transfer: [delivery.body.buffer] });
        delivery.headers['changed'] = 'yes';
      };
      const first = await collect({ topics: [name], group: null }, destroy);
      await first.subscription.caughtUp();
      const second = await collect({ topics: [name], group: null });
      await second.subscription.caughtUp();
      expect(second.texts()).toEqual(['before']);
      expect(second.received[0]?.headers).toEqual({});
    });

    it('delivers a rejected message again, before anything after it', async () => {
      const name = await topic();
      await sendAll(await bus.producer(), name, ['a', 'b', 'c']);
      const attempts: string[] = [];
      const { subscription } = await collect({ topics: [name] }, async ({ attempt, body }) => {
        attempts.push(`${decoder.decode(body)}${attempt}`);
        if (decoder.decode(body) === 'b' && attempt < 3) throw new Error('not yet');
      });
      await subscription.caughtUp();
      expect(attempts).toEqual(['a1', 'b1', 'b2', 'b3', 'c1']);
    });

    it('hands a message to onPoison after maxAttempts rejections, with its body, and goes on', async () => {
      const name = await topic();
      await sendAll(await bus.producer(), name, ['bad', 'good']);
      const poison: { text: string; attempt: number; error: unknown }[] = [];
      const failure = new Error('unreadable');
      const { subscription, texts } = await collect(
        {
          topics: [name],
          maxAttempts: 2,
          onPoison: async ({ attempt, body }, error) => {
            poison.push({ text: decoder.decode(body), attempt, error });
          },
        },
        async ({ body }) => {
          if (decoder.decode(body).startsWith('bad')) throw failure;
        },
      );
      await subscription.caughtUp();
      expect(texts()).toEqual(['bad', 'bad', 'good']);
      expect(poison).toEqual([{ text: 'bad', attempt: 2, error: failure }]);
      expect(await subscription.lag()).toBe(0);
    });

    it('starts a restarted group at the first unsettled message, however the later ones settled', async () => {
      const name = await topic();
      await sendAll(await bus.producer(), name, ['a', 'b', 'c', 'd']);
      const handle = async ({ body }: Delivery): Promise<void> => {
        if (decoder.decode(body) === 'b') await new Promise<never>(() => {});
      };
      const before = await collect({ topics: [name], concurrency: 4 }, handle);
      await expect.poll(() => before.received.length, { timeout: TIMEOUT_MS }).toBe(4);
      await expect.poll(() => before.subscription.unsettled(), { timeout: TIMEOUT_MS }).toBe(1);
      await before.subscription.close({ drainTimeoutMs: 0 });
      const after = await collect({ topics: [name] });
      await after.subscription.caughtUp();
      expect(after.texts()).toEqual(['b', 'c', 'd']);
    });

    it('delivers nothing again to a group that settled everything', async () => {
      const name = await topic({ partitions: 3 });
      const producer = await bus.producer();
      await sendAll(producer, name, range(30).map(String));
      const before = await collect({ topics: [name], concurrency: 8 });
      await before.subscription.caughtUp();
      await before.subscription.close();
      await sendAll(producer, name, ['later']);
      const after = await collect({ topics: [name] }, undefined, await connect());
      await after.subscription.caughtUp();
      expect(after.texts()).toEqual(['later']);
    });

    it('hands out no more than "concurrency" unsettled messages', async () => {
      const name = await topic({ partitions: 2 });
      await sendAll(await bus.producer(), name, range(40).map(String));
      const release = Promise.withResolvers<void>();
      let running = 0;
      let peak = 0;
      const { subscription, received } = await collect({ topics: [name], concurrency: 5 }, async () => {
        running += 1;
        peak = Math.max(peak, running);
        await release.promise;
        running -= 1;
      });
      await expect.poll(() => subscription.unsettled(), { timeout: TIMEOUT_MS }).toBe(5);
      expect(received).toHaveLength(5);
      expect(await subscription.lag()).toBe(40);
      release.resolve();
      await subscription.caughtUp();
      expect(received).toHaveLength(40);
      expect(peak).toBe(5);
      expect(await subscription.lag()).toBe(0);
    });

    it('waits in close for the running handlers and commits what they settle', async () => {
      const name = await topic();
      await sendAll(await bus.producer(), name, ['a', 'b']);
      const release = Promise.withResolvers<void>();
      const { subscription, received } = await collect({ topics: [name] }, () => release.promise);
      await expect.poll(() => received.length, { timeout: TIMEOUT_MS }).toBe(1);
      const closed = subscription.close();
      release.resolve();
      await closed;
      const after = await collect({ topics: [name] });
      await after.subscription.caughtUp();
      expect(after.texts()).toEqual(['b']);
    });

    it('refuses a message above the size limit by name, and still takes the next', async () => {
      const name = await topic({ maxMessageBytes: 100_000 });
      const producer = await bus.producer();
      const tooLarge = producer.send(name, { ...message(''), body: new Uint8Array(100_001) });
      await expect(tooLarge).rejects.toMatchObject({ code: 'MESSAGE_TOO_LARGE' });
      await expect(tooLarge).rejects.toThrow(name);
      await producer.send(name, { ...message(''), body: new Uint8Array(99_000) });
    });

    it('keeps requests below the size limit when many messages wait', async () => {
      const name = await topic({ maxMessageBytes: 100_000 });
      const producer = await bus.producer();
      const bodies = range(20).map((index) => new Uint8Array(30_000).fill(index));
      const sends = bodies.map((body) => producer.send(name, { ...message(''), body }));
      const offsets = (await Promise.all(sends)).map(({ offset }) => Number(offset));
      expect(offsets).toEqual(range(20));
    });

    it('refuses a topic or partition that does not exist', async () => {
      const name = await topic({ partitions: 2 });
      const producer = await bus.producer();
      await expect(producer.send(`${name}.missing`, message('a'))).rejects.toMatchObject({ code: 'TOPIC_MISSING' });
      await expect(producer.send(name, { ...message('a'), partition: 2 })).rejects.toMatchObject({
        code: 'INVALID_ARGUMENT',
      });
      await expect(collect({ topics: [`${name}.missing`] })).rejects.toMatchObject({ code: 'TOPIC_MISSING' });
      expect(await bus.topics()).not.toContain(`${name}.missing`);
    });

    it('shares the partitions of a group between two consumers, loses nothing and gives all back', async () => {
      const name = await topic({ partitions: 4 });
      const producer = await bus.producer();
      const shares = new Map<string, number[]>();
      const track = (consumer: string): Pick<SubscribeOptions, 'topics' | 'onPartitions'> => ({
        topics: [name],
        onPartitions: (assigned) => shares.set(consumer, assigned.map(({ partition }) => partition)),
      });
      const sending = sendSteadily(producer, name, { partitions: 4 });
      const first = await collect(track('first'), undefined);
      const second = await collect(track('second'), undefined, await connect());
      await expect
        .poll(() => [shares.get('first')?.length, shares.get('second')?.length], { timeout: TIMEOUT_MS })
        .toEqual([2, 2]);
      await expect.poll(() => second.received.length, { timeout: TIMEOUT_MS }).toBeGreaterThan(5);
      await second.subscription.close();
      await expect.poll(() => shares.get('first')?.length, { timeout: TIMEOUT_MS }).toBe(4);
      const sent = await sending.stop();
      await first.subscription.caughtUp();
      expect(new Set([...first.texts(), ...second.texts()])).toEqual(new Set(sent));
    });

    it('shows every message to every subscriber without a group', async () => {
      const name = await topic({ partitions: 2 });
      await sendAll(await bus.producer(), name, ['a', 'b', 'c']);
      const first = await collect({ topics: [name], group: null });
      const second = await collect({ topics: [name], group: null });
      await Promise.all([first.subscription.caughtUp(), second.subscription.caughtUp()]);
      expect(first.texts().toSorted()).toEqual(['a', 'b', 'c']);
      expect(second.texts().toSorted()).toEqual(['a', 'b', 'c']);
    });

    it('starts "latest" after the messages that are there', async () => {
      const name = await topic();
      const producer = await bus.producer();
      await sendAll(producer, name, ['old']);
      const { subscription, texts } = await collect({ topics: [name], from: 'latest' });
      await subscription.caughtUp();
      await sendAll(producer, name, ['new']);
      await subscription.caughtUp();
      expect(texts()).toEqual(['new']);
    });

    it('takes topics that appear after a RegExp subscription, from their first message', async () => {
      const name = await topic();
      const { texts } = await collect({ topics: [new RegExp(`^${name.replaceAll('.', '\\.')}`)], from: 'latest' });
      await bus.ensureTopics([{ name: `${name}.site-2`, partitions: 2 }]);
      await sendAll(await bus.producer(), `${name}.site-2`, ['first', 'second']);
      await expect.poll(() => texts().toSorted(), { timeout: TIMEOUT_MS }).toEqual(['first', 'second']);
    });

    it('gives a new reader of a compacted topic at least the newest message of each key, in order', async () => {
      const name = await topic({ compacted: true });
      const producer = await bus.producer();
      for (const seq of range(20)) await producer.send(name, message(`${seq}`, { key: `camera-${seq % 4}` }));
      const { subscription, received } = await collect({ topics: [name], group: null });
      await subscription.caughtUp();
      const newest = new Map(received.map(({ key, body }) => [key, decoder.decode(body)]));
      expect([...newest.values()].toSorted()).toEqual(['16', '17', '18', '19']);
      expect(received.map(({ offset }) => offset)).toEqual(received.map(({ offset }) => offset).toSorted(ascending));
      expect(received.at(-1)?.offset).toBe(19n);
    });

    it('loses no acknowledged message and doubles none while the broker is away and back', async () => {
      const name = await topic({ partitions: 2 });
      const producer = await bus.producer();
      const { subscription, texts } = await collect({ topics: [name], concurrency: 4 });
      const states: string[] = [];
      bus.onState((state) => states.push(state));
      const sending = sendSteadily(producer, name, { partitions: 2 });
      await expect.poll(() => texts().length, { timeout: TIMEOUT_MS }).toBeGreaterThan(10);
      await broker.setAvailable(false);
      await expect.poll(() => bus.state(), { timeout: TIMEOUT_MS }).toBe('reconnecting');
      await expect.poll(() => producer.queued(), { timeout: TIMEOUT_MS }).toBeGreaterThan(5);
      await broker.setAvailable(true);
      await expect.poll(() => bus.state(), { timeout: TIMEOUT_MS }).toBe('connected');
      const sent = await sending.stop();
      await subscription.caughtUp();
      expect(new Set(texts())).toEqual(new Set(sent));
      const log = await collect({ topics: [name], group: null });
      await log.subscription.caughtUp();
      for (const partition of range(2)) {
        const stored = log.received.filter((delivery) => delivery.partition === partition);
        expect(stored.map(({ body }) => decoder.decode(body))).toEqual(
          sent.filter((text) => Number(text) % 2 === partition),
        );
      }
      expect(states).toEqual(['reconnecting', 'connected']);
    });

    it('drops the oldest waiting message of a full lane and rejects its promise', async () => {
      const name = await topic();
      const producer = await bus.producer({ maxQueuedMessages: 2 });
      await producer.send(name, message('warm-up'));
      await broker.setAvailable(false);
      const outcomes = range(5).map((seq) => producer.send(name, message(`${seq}`)).then(() => 'stored', codeOf));
      await expect(outcomes[1]).resolves.toBe('LANE_OVERFLOW');
      expect(producer.queued()).toBe(3);
      await broker.setAvailable(true);
      expect(await Promise.all(outcomes)).toEqual(['stored', 'LANE_OVERFLOW', 'LANE_OVERFLOW', 'stored', 'stored']);
      const { subscription, texts } = await collect({ topics: [name] });
      await subscription.caughtUp();
      expect(texts()).toEqual(['warm-up', '0', '3', '4']);
    });

    it('flushes what was accepted, and rejects what comes after close', async () => {
      const name = await topic();
      const producer = await bus.producer();
      const stored: number[] = [];
      for (const seq of range(5)) void producer.send(name, message(`${seq}`)).then(() => stored.push(seq));
      expect(producer.queued()).toBe(5);
      await producer.flush();
      expect(stored).toEqual(range(5));
      expect(producer.queued()).toBe(0);
      await producer.close();
      await expect(producer.send(name, message('late'))).rejects.toMatchObject({ code: 'CLOSED' });
      await bus.close();
      await expect(bus.producer()).rejects.toMatchObject({ code: 'CLOSED' });
      await expect(bus.topics()).rejects.toMatchObject({ code: 'CLOSED' });
    });

    it('leaves topics that exist as they are', async () => {
      const name = await topic({ partitions: 2 });
      await bus.ensureTopics([{ name, partitions: 5 }]);
      const producer = await bus.producer();
      await expect(producer.send(name, { ...message('a'), partition: 4 })).rejects.toBeInstanceOf(BusError);
      expect((await bus.topics()).filter((each) => each === name)).toEqual([name]);
    });
  });
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function ascending(left: bigint, right: bigint): number {
  return Number(left - right);
}

function message(text: string, { key = 'site/camera' } = {}): OutgoingMessage {
  return { key, headers: {}, body: encoder.encode(text) };
}

async function sendAll(producer: Producer, topic: string, texts: readonly string[]): Promise<void> {
  await Promise.all(texts.map((text) => producer.send(topic, message(text))));
}

function codeOf(error: unknown): string {
  return error instanceof BusError ? error.code : String(error);
}

/** Sends "0", "1", … to partition seq % partitions until stopped; `stop` resolves with what was acknowledged. */
function sendSteadily(producer: Producer, topic: string, { partitions }: { partitions: number }): { stop: () => Promise<string[]> } {
  const sends: Promise<string>[] = [];
  const timer = setInterval(() => {
    const text = String(sends.length);
    const sent = producer.send(topic, { ...message(text), partition: sends.length % partitions });
    sends.push(sent.then(() => text));
  }, 10);
  return {
    stop: () => {
      clearInterval(timer);
      return Promise.all(sends);
    },
  };
}
