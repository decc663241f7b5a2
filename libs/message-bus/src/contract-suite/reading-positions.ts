import { expect, it } from 'vitest';
import type { Delivery, SubscribeOptions } from '../port.ts';
import { PATIENT, ascending, message, range, sendAll, textOf } from './fixtures.ts';
import type { ContractHarness } from './harness.ts';

export function describeReadingPositions(contract: ContractHarness): void {
  it('starts a restarted group at the first unsettled message, however the later ones settled', async () => {
    const topic = await contract.topic();
    await sendAll(await contract.bus.producer(), topic, ['a', 'b', 'c', 'd']);
    const handle = async ({ body }: Delivery): Promise<void> => {
      if (textOf({ body }) === 'b') await new Promise<never>(() => {});
    };
    const before = await contract.collect({ topics: [topic], concurrency: 4 }, handle);
    await expect.poll(() => before.received.length, PATIENT).toBe(4);
    await expect.poll(() => before.subscription.unsettled(), PATIENT).toBe(1);
    await before.subscription.close({ drainTimeoutMs: 0 });
    const after = await contract.collect({ topics: [topic] });
    await after.subscription.caughtUp();
    expect(after.texts()).toEqual(['b', 'c', 'd']);
  });

  it('delivers nothing again to a group that settled everything', async () => {
    const topic = await contract.topic({ partitions: 3 });
    const producer = await contract.bus.producer();
    await sendAll(producer, topic, range(30).map(String));
    const before = await contract.collect({ topics: [topic], concurrency: 8 });
    await before.subscription.caughtUp();
    await before.subscription.close();
    await sendAll(producer, topic, ['later']);
    const after = await contract.collect({ topics: [topic] }, undefined, await contract.connect());
    await after.subscription.caughtUp();
    expect(after.texts()).toEqual(['later']);
  });

  it('shares the partitions of a group between two consumers, loses nothing and gives all back', async () => {
    const topic = await contract.topic({ partitions: 4 });
    const producer = await contract.bus.producer();
    const shares = new Map<string, number[]>();
    const track = (consumer: string): Pick<SubscribeOptions, 'topics' | 'onPartitions'> => ({
      topics: [topic],
      onPartitions: (assigned) =>
        shares.set(
          consumer,
          assigned.map(({ partition }) => partition),
        ),
    });
    const sending = contract.sendSteadily(producer, topic, { partitions: 4 });
    const first = await contract.collect(track('first'), undefined);
    const second = await contract.collect(track('second'), undefined, await contract.connect());
    await expect
      .poll(() => [shares.get('first')?.length, shares.get('second')?.length], PATIENT)
      .toEqual([2, 2]);
    await expect.poll(() => second.received.length, PATIENT).toBeGreaterThan(5);
    await second.subscription.close();
    await expect.poll(() => shares.get('first')?.length, PATIENT).toBe(4);
    const sent = await sending.stop();
    await first.subscription.caughtUp();
    expect(new Set([...first.texts(), ...second.texts()])).toEqual(new Set(sent));
  });

  it('shows every message to every subscriber without a group', async () => {
    const topic = await contract.topic({ partitions: 2 });
    await sendAll(await contract.bus.producer(), topic, ['a', 'b', 'c']);
    const first = await contract.collect({ topics: [topic], group: null });
    const second = await contract.collect({ topics: [topic], group: null });
    await Promise.all([first.subscription.caughtUp(), second.subscription.caughtUp()]);
    expect(first.texts().toSorted()).toEqual(['a', 'b', 'c']);
    expect(second.texts().toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('starts "latest" after the messages that are there', async () => {
    const topic = await contract.topic();
    const producer = await contract.bus.producer();
    await sendAll(producer, topic, ['old']);
    const { subscription, texts } = await contract.collect({ topics: [topic], from: 'latest' });
    await subscription.caughtUp();
    await sendAll(producer, topic, ['new']);
    await subscription.caughtUp();
    expect(texts()).toEqual(['new']);
  });

  it('takes topics that appear after a RegExp subscription, from their first message', async () => {
    const topic = await contract.topic();
    const { texts } = await contract.collect({
      topics: [new RegExp(`^${topic.replaceAll('.', '\\.')}`)],
      from: 'latest',
    });
    await contract.bus.ensureTopics([{ name: `${topic}.site-2`, partitions: 2 }]);
    await sendAll(await contract.bus.producer(), `${topic}.site-2`, ['first', 'second']);
    await expect.poll(() => texts().toSorted(), PATIENT).toEqual(['first', 'second']);
  });

  it('gives a new reader of a compacted topic at least the newest message of each key, in order', async () => {
    const topic = await contract.topic({ compacted: true });
    const producer = await contract.bus.producer();
    for (const seq of range(20)) await producer.send(topic, message(`${seq}`, { key: `camera-${seq % 4}` }));
    const { subscription, received } = await contract.collect({ topics: [topic], group: null });
    await subscription.caughtUp();
    const newest = new Map(received.map(({ key, body }) => [key, textOf({ body })]));
    expect([...newest.values()].toSorted()).toEqual(['16', '17', '18', '19']);
    expect(received.map(({ offset }) => offset)).toEqual(
      received.map(({ offset }) => offset).toSorted(ascending),
    );
    expect(received.at(-1)?.offset).toBe(19n);
  });
}
