import type { HistoryStore } from '@framegate/history-store';
import { defaultRetention, openSqliteHistory } from '@framegate/history-store';
import { busOnceReady, InProcessBus } from '@framegate/message-bus';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { TestConsole } from './console-fixture.ts';
import { startTestConsole, topics } from './console-fixture.ts';
import { frameOf, intentOf } from './frames-fixture.ts';
import { startReceiver } from './receiver-fixture.ts';
import { makeRule, silenceRule } from './rules-fixture.ts';

const until = { timeout: 15_000 };
const stateSchema = z.object({ type: z.literal('state'), troubles: z.array(z.string()) });

describe('consoles that begin while no broker answers', () => {
  let bus: InProcessBus;
  let past: HistoryStore;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  let consoles: TestConsole[] = [];
  let laterUs = 0;
  let failures: unknown[];

  beforeEach(async () => {
    [failures, laterUs] = [[], 0];
    bus = new InProcessBus();
    bus.setAvailable(false);
    past = openSqliteHistory({ path: ':memory:' });
    receiver = await startReceiver();
    const ready = bus.ensureTopics(topics);
    const start = () =>
      startTestConsole({
        bus: busOnceReady(bus, ready, (error) => failures.push(error)),
        nowUs: () => Date.now() * 1000 + laterUs,
        past: { store: past, retention: defaultRetention, group: 'both' },
        channels: [receiver.hook()],
      });
    consoles = [await start(), await start()];
  });
  afterEach(async () => {
    await Promise.all(consoles.map((one) => one.close()));
    await bus.close();
    await past.close();
    await receiver.close();
  });

  const url = (): string => consoles[0]?.url ?? '';
  async function troubles(): Promise<readonly string[]> {
    const socket = new WebSocket(`${url().replace('http', 'ws')}/v1/live`);
    const { promise, resolve } = Promise.withResolvers<readonly string[]>();
    socket.addEventListener('message', ({ data }: MessageEvent) => {
      const told = typeof data === 'string' ? stateSchema.safeParse(JSON.parse(data)).data : undefined;
      if (told) resolve(told.troubles);
    });
    const told = await promise;
    socket.close();
    return told;
  }

  it('say so in their pages and, once and after the time of a rule, to those whom it names', async () => {
    await makeRule(url(), silenceRule);
    // The other console reads it as soon as it is asked.
    await fetch(`${consoles[1]?.url}/v1/notifications`);
    expect(await troubles()).toEqual([expect.stringContaining('no broker has answered since')]);
    await expect.poll(async () => past.readDocument('cut-off'), until).not.toBeNull();
    expect(receiver.received).toEqual([]);
    laterUs += 61e6;
    await expect.poll(() => receiver.received.length, until).toBe(1);
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ kind: 'cut-off' });
    // Both have looked again.
    const before = JSON.stringify(await past.readDocument('cut-off'));
    await expect.poll(async () => JSON.stringify(await past.readDocument('cut-off')), until).not.toBe(before);
    expect(receiver.received).toHaveLength(1);
  });

  it('show what the history has, refuse to save, and go on by themselves once a broker answers', async () => {
    expect((await fetch(`${url()}/v1/events`)).status).toBe(200);
    const change = () =>
      fetch(`${url()}/v1/cameras/north/door`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ revision: 0, objectiveMs: 300 }),
      });
    expect((await change()).status).toBe(503);

    bus.setAvailable(true);
    await expect.poll(troubles, until).toEqual([]);
    await consoles[0]?.want(intentOf('north/door'));
    await expect.poll(async () => (await change()).status, until).toBe(200);
    await expect
      .poll(async () => {
        await consoles[0]?.detect(frameOf(Math.round(Date.now() / 100), {}));
        return (await fetch(`${url()}/v1/events?camera=north/door`)).json();
      }, until)
      .toMatchObject({ items: [{ cameraId: 'north/door' }] });
    expect(failures).toEqual([]);
  });
});
