import { expect, it } from 'vitest';
import { BusError } from '../bus-error.ts';
import { partitionForKey } from '../partitioner.ts';
import type { Delivery } from '../port.ts';
import { message, range, textOf } from './fixtures.ts';
import type { ContractHarness } from './harness.ts';

export function describeMessages(contract: ContractHarness): void {
  it('delivers the messages of a key in the order in which they were sent', async () => {
    const topic = await contract.topic({ partitions: 4 });
    const producer = await contract.bus.producer();
    const keys = ['berlin/gate', 'berlin/yard', 'paris/hall', 'oslo/dock'];
    const sends = range(100).map((seq) =>
      producer.send(topic, message(`${seq}`, { key: keys[seq % 4] ?? '' })),
    );
    const results = await Promise.all(sends);
    const { subscription, received } = await contract.collect({ topics: [topic], concurrency: 3 });
    await subscription.caughtUp();
    for (const key of keys) {
      const seqs = received
        .filter((delivery) => delivery.key === key)
        .map(({ body }) => Number(textOf({ body })));
      expect(seqs).toEqual(range(100).filter((seq) => keys[seq % 4] === key));
    }
    expect(results.map(({ partition }) => partition)).toEqual(
      range(100).map((seq) => partitionForKey(keys[seq % 4] ?? '', 4)),
    );
  });

  it('carries key, body, time and many UTF-8 headers unchanged', async () => {
    const topic = await contract.topic();
    const producer = await contract.bus.producer();
    const headers = Object.fromEntries(
      range(60).map((index) => [`ce_attribute${index}`, `wärme ${index} 摄像头 🎥`]),
    );
    const body = Uint8Array.from(range(70_000), (value) => value % 256);
    const sent = { key: 'malmö/entré', headers, body, timestampMs: 1_700_000_000_123 };
    const { offset, partition } = await producer.send(topic, sent);
    const { subscription, received } = await contract.collect({ topics: [topic] });
    await subscription.caughtUp();
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({
      topic,
      key: sent.key,
      headers,
      partition,
      offset,
      attempt: 1,
    });
    expect(received[0]?.timestampMs).toBe(sent.timestampMs);
    expect(Buffer.from(received[0]?.body ?? []).equals(body)).toBe(true);
  });

  it('passes nothing by reference, neither on the way in nor between subscribers', async () => {
    const topic = await contract.topic();
    const producer = await contract.bus.producer();
    const original = message('before');
    const stored = producer.send(topic, original);
    original.body.fill(0);
    original.headers['late'] = 'yes';
    await stored;
    const destroy = async (delivery: Delivery): Promise<void> => {
      expect(delivery.headers).toEqual({});
      structuredClone(delivery.body.buffer, { transfer: [delivery.body.buffer] });
      delivery.headers['changed'] = 'yes';
    };
    const first = await contract.collect({ topics: [topic], group: null }, destroy);
    await first.subscription.caughtUp();
    const second = await contract.collect({ topics: [topic], group: null });
    await second.subscription.caughtUp();
    expect(second.texts()).toEqual(['before']);
    expect(second.received[0]?.headers).toEqual({});
  });

  it('refuses a message above the size limit by topic, and still takes the next', async () => {
    const topic = await contract.topic({ maxMessageBytes: 100_000 });
    const producer = await contract.bus.producer();
    const tooLarge = producer.send(topic, { ...message(''), body: new Uint8Array(100_001) });
    await expect(tooLarge).rejects.toMatchObject({ code: 'MESSAGE_TOO_LARGE' });
    await expect(tooLarge).rejects.toThrow(topic);
    await producer.send(topic, { ...message(''), body: new Uint8Array(99_000) });
  });

  it('keeps requests below the size limit when many messages wait', async () => {
    const topic = await contract.topic({ maxMessageBytes: 100_000 });
    const producer = await contract.bus.producer();
    const bodies = range(20).map((index) => new Uint8Array(30_000).fill(index));
    const sends = bodies.map((body) => producer.send(topic, { ...message(''), body }));
    const offsets = (await Promise.all(sends)).map(({ offset }) => Number(offset));
    expect(offsets).toEqual(range(20));
  });

  it('refuses a topic or partition that does not exist', async () => {
    const topic = await contract.topic({ partitions: 2 });
    const producer = await contract.bus.producer();
    await expect(producer.send(`${topic}.missing`, message('a'))).rejects.toMatchObject({
      code: 'TOPIC_MISSING',
    });
    await expect(producer.send(topic, { ...message('a'), partition: 2 })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
    await expect(contract.collect({ topics: [`${topic}.missing`] })).rejects.toMatchObject({
      code: 'TOPIC_MISSING',
    });
    expect(await contract.bus.topics()).not.toContain(`${topic}.missing`);
  });

  it('leaves topics that exist as they are, and refuses one with too few partitions', async () => {
    const topic = await contract.topic({ partitions: 2 });
    await contract.bus.ensureTopics([{ name: topic, partitions: 1 }]);
    await expect(contract.bus.ensureTopics([{ name: topic, partitions: 5 }])).rejects.toMatchObject({
      code: 'TOPIC_UNFIT',
      message: `topic ${topic} has 2 partitions, 5 are needed: raise its number`,
    });
    const producer = await contract.bus.producer();
    await expect(producer.send(topic, { ...message('a'), partition: 4 })).rejects.toBeInstanceOf(BusError);
    expect((await contract.bus.topics()).filter((each) => each === topic)).toEqual([topic]);
  });
}
