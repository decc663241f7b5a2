import { describe, expect, it } from 'vitest';
import { message, range, textOf } from '../contract-suite/fixtures.ts';
import type { Delivery, MessageBus, TopicSpec } from '../port.ts';
import { InProcessBus } from './bus.ts';

const FRAME = new Uint8Array(1000);

async function busWith(
  spec: Omit<TopicSpec, 'name'>,
  options: ConstructorParameters<typeof InProcessBus>[0],
) {
  const bus = new InProcessBus(options);
  await bus.ensureTopics([{ name: 't', ...spec }]);
  return { bus, producer: await bus.producer() };
}

async function read(bus: MessageBus, group: string | null) {
  const received: Delivery[] = [];
  const subscription = await bus.subscribe({
    topics: ['t'],
    group,
    from: 'earliest',
    handler: async (delivery) => void received.push(delivery),
  });
  await subscription.caughtUp();
  return { received, subscription };
}

describe('retention of the in-process bus', () => {
  it('keeps the newest messages within its bytes, and counts for each reader what it missed', async () => {
    const { bus, producer } = await busWith({ partitions: 1 }, { retentionBytes: 5 * 1200 });
    const before = await read(bus, 'slow');
    await before.subscription.close();
    for (const seq of range(20)) await producer.send('t', { key: `${seq}`, headers: {}, body: FRAME });
    const { received, subscription } = await read(bus, 'slow');
    expect(received.map(({ key }) => Number(key))).toEqual([15, 16, 17, 18, 19]);
    expect(subscription.expired()).toBe(15);
    expect(received[0]?.offset).toBe(15n);
  });

  it('counts at once what expires ahead of a reader that is busy', async () => {
    const { bus, producer } = await busWith({ partitions: 1 }, { retentionBytes: 2 * 1200 });
    const subscription = await bus.subscribe({
      topics: ['t'],
      group: 'stuck',
      from: 'earliest',
      handler: () => new Promise<never>(() => {}),
    });
    for (const seq of range(10)) await producer.send('t', { key: `${seq}`, headers: {}, body: FRAME });
    expect(subscription.unsettled()).toBe(1);
    expect(subscription.expired()).toBe(7);
    expect(await subscription.lag()).toBe(3);
    await bus.close({ drainTimeoutMs: 0 });
  });

  it('takes room from the largest partition, so that a busy camera does not expire a quiet one', async () => {
    const { bus, producer } = await busWith({ partitions: 2 }, { retentionBytes: 4 * 1200 });
    await producer.send('t', { key: 'quiet', headers: {}, body: FRAME, partition: 0 });
    for (const seq of range(9))
      await producer.send('t', { key: `${seq}`, headers: {}, body: FRAME, partition: 1 });
    const { received } = await read(bus, null);
    expect(received.map(({ key }) => key).toSorted()).toEqual(['6', '7', '8', 'quiet']);
  });

  it('expires by age as messages arrive', async () => {
    let nowMs = 0;
    const { bus, producer } = await busWith({ partitions: 1, retentionMs: 1000 }, { nowMs: () => nowMs });
    for (const atMs of [0, 500, 1400]) {
      nowMs = atMs;
      await producer.send('t', message(`${atMs}`));
    }
    const { received } = await read(bus, null);
    expect(received.map(textOf)).toEqual(['500', '1400']);
  });

  it('keeps exactly the newest message of each key of a compacted topic, and expires none', async () => {
    const { bus, producer } = await busWith({ partitions: 1, compacted: true }, { retentionBytes: 1200 });
    for (const seq of range(50)) await producer.send('t', message(`${seq}`, { key: `camera-${seq % 5}` }));
    const { received, subscription } = await read(bus, 'new');
    expect(received.map(textOf)).toEqual(['45', '46', '47', '48', '49']);
    expect(received.map(({ offset }) => offset)).toEqual([45n, 46n, 47n, 48n, 49n]);
    expect(subscription.expired()).toBe(0);
  });
});
