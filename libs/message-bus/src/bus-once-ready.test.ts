import { describe, expect, it } from 'vitest';
import { busOnceReady } from './bus-once-ready.ts';
import { InProcessBus } from './in-process/bus.ts';
import type { SubscribeOptions } from './port.ts';

const encoded = { key: 'k', headers: {}, body: new Uint8Array([1]) };

function start() {
  const inner = new InProcessBus();
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  const failures: unknown[] = [];
  const bus = busOnceReady(inner, ready, (error) => failures.push(error));
  const read: string[] = [];
  const options: SubscribeOptions = {
    topics: ['topic'],
    group: null,
    from: 'earliest',
    handler: async ({ key }) => void read.push(key),
  };
  const answer = async (): Promise<void> => {
    await inner.ensureTopics([{ name: 'topic', partitions: 1 }]);
    resolve();
    await ready;
  };
  return { inner, bus, failures, read, options, answer, reject };
}

describe('a bus whose topics are not there yet', () => {
  it('lets subscribe at once to what is delivered as soon as there is something', async () => {
    const { bus, read, options, answer, failures } = start();
    const subscription = await bus.subscribe(options);
    await subscription.caughtUp();
    expect([await subscription.lag(), subscription.unsettled(), subscription.expired()]).toEqual([0, 0, 0]);
    await answer();
    await (await bus.producer()).send('topic', encoded);
    await expect.poll(() => read).toEqual(['k']);
    await subscription.caughtUp();
    await subscription.close();
    expect(failures).toEqual([]);
    await bus.close();
  });

  it('counts as reconnecting, and says once that it is connected', async () => {
    const { inner, bus, answer } = start();
    const told: string[] = [];
    const stop = bus.onState((state) => told.push(state));
    inner.setAvailable(false);
    inner.setAvailable(true);
    expect([bus.state(), told]).toEqual(['reconnecting', ['reconnecting']]);
    await answer();
    expect([bus.state(), told]).toEqual(['connected', ['reconnecting', 'connected']]);
    stop();
    inner.setAvailable(false);
    expect(told).toHaveLength(2);
    await bus.close();
  });

  it('says of each subscription that it can not be opened, but of none that was closed meanwhile', async () => {
    const { bus, options, failures, answer } = start();
    const missing = { ...options, topics: ['missing'] };
    const closed = await bus.subscribe(missing);
    const open = await bus.subscribe(missing);
    await closed.close();
    await answer();
    await expect.poll(() => failures).toMatchObject([{ code: 'TOPIC_MISSING' }]);
    await expect(open.caughtUp()).rejects.toMatchObject({ code: 'TOPIC_MISSING' });
    await open.close();
    await bus.close();
  });

  it('says once that they will never be there', async () => {
    const { bus, options, failures, reject } = start();
    await bus.subscribe(options);
    const never = new Error('no right to them');
    reject(never);
    await expect.poll(() => failures).toEqual([never]);
    await bus.close();
  });
});
