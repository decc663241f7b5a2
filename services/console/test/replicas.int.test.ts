import { randomUUID } from 'node:crypto';
import type { EdgeTelemetry } from '@framegate/contracts';
import { edgeTelemetryEvent, siteTelemetryTopic } from '@framegate/contracts';
import { emptyEdgeCounts } from '@framegate/frame-ledger';
import type { HistoryStore } from '@framegate/history-store';
import { defaultRetention, openSqliteHistory } from '@framegate/history-store';
import { InProcessBus } from '@framegate/message-bus';
import { createInProcessStore, openRedisStore } from '@framegate/state-store';
import type { StateStore } from '@framegate/state-store';
import type { TestRedis } from '@framegate/test-kit';
import { has, need, startTestRedis } from '@framegate/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { guardedAccess } from '../src/access/guarded-access.ts';
import { createSessions } from '../src/access/sessions.ts';
import { createToken, parseTokens } from '../src/access/token-list.ts';
import type { TestConsole } from './console-fixture.ts';
import { startTestConsole } from './console-fixture.ts';
import { frameOf, intentOf } from './frames-fixture.ts';
import { startReceiver } from './receiver-fixture.ts';
import { silenceRule } from './rules-fixture.ts';

const hasRedis = need(
  'Redis',
  () => has.command('redis-server', '--version'),
  'apt-get install redis-server',
);
const operator = createToken('otto', 'operator');
const sessionKey = 'a key that both consoles were given';

describe('two consoles that share their state', () => {
  let redis: TestRedis | undefined;
  let stores: StateStore[];
  let past: HistoryStore;
  let bus: InProcessBus;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  let consoles: TestConsole[];
  let laterUs = 0;
  /** Who of them wrote seconds of the run. */
  const writers = new Set<number>();

  beforeAll(async () => {
    // Without Redis they share a store in this process.
    if (hasRedis) redis = await startTestRedis();
    const url = redis?.socket;
    const inProcess = createInProcessStore(() => performance.now());
    stores = [0, 1].map(() => (url ? openRedisStore({ url, onError: () => {} }) : inProcess));
    past = openSqliteHistory({ path: ':memory:' });
    bus = new InProcessBus();
    receiver = await startReceiver();
    const start = (store: StateStore, replica: number) =>
      startTestConsole({
        bus,
        store,
        past: { store: watched(replica), retention: defaultRetention, group: 'both' },
        channels: [receiver.hook()],
        nowUs: () => Date.now() * 1000 + laterUs,
        access: guardedAccess({
          tokens: parseTokens(operator.line),
          oidc: undefined,
          sessions: createSessions(sessionKey),
        }),
      });
    consoles = await Promise.all(stores.map(start));
  });
  afterAll(async () => {
    await Promise.all(consoles.map((one) => one.close()));
    await Promise.all(stores.map((store) => store.close()));
    await bus.close();
    await past.close();
    await receiver.close();
    await redis?.stop();
  });

  const watched = (replica: number): HistoryStore => ({
    ...past,
    async write(batch) {
      if (batch.samples?.length) writers.add(replica);
      await past.write(batch);
    },
  });
  const ask = (replica: number, path: string, method = 'GET', body?: unknown, headers = {}) =>
    fetch(`${consoles[replica]?.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${operator.token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const secondsOf = async (replica: number): Promise<string> =>
    (await ask(replica, '/v1/promise/history?seconds=60')).text();
  /** Resolves when both have lived through two more seconds. */
  async function nextSeconds(): Promise<void> {
    for (let i = 0; i < 2; i++) {
      const before = [await secondsOf(0), await secondsOf(1)];
      for (const replica of [0, 1])
        await expect.poll(() => secondsOf(replica), { timeout: 5000 }).not.toBe(before[replica]);
    }
  }
  const told = () => receiver.received.map(({ key }) => key);

  it('let a browser that signed in at one use the other', async () => {
    const login = await fetch(`${consoles[0]?.url}/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: operator.token }),
    });
    const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const seen = await fetch(`${consoles[1]?.url}/v1/session`, { headers: { cookie } });
    expect(await seen.json()).toMatchObject({ identity: { name: 'otto' } });
  });

  it('show at one what was saved at the other, and let only one of two change the same revision', async () => {
    await consoles[0]?.want(intentOf('north/door'));
    await expect.poll(async () => (await ask(1, '/v1/cameras/north/door')).status).toBe(200);
    const change = (replica: number) =>
      ask(replica, '/v1/cameras/north/door', 'PATCH', { revision: 0, objectiveMs: 300 + replica });
    const statuses = (await Promise.all([change(0), change(1)])).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 409]);
    const at = async (replica: number): Promise<unknown> =>
      (await ask(replica, '/v1/cameras/north/door')).json();
    await expect.poll(() => at(1)).toMatchObject({ intent: { revision: 1 } });
    expect(await at(0)).toEqual(await at(1));
  });

  it('tell once that a camera is silent, by a rule that was made at one, silenced at the other', async () => {
    const made = await ask(0, '/v1/notifications', 'POST', silenceRule);
    const { id } = z.object({ id: z.string() }).parse(await made.json());
    const producer = await bus.producer();
    const telemetry: EdgeTelemetry = {
      site: 'north',
      instance: 'i',
      atUs: Date.now() * 1000,
      cameras: [
        {
          cameraId: 'north/door',
          epoch: 1,
          state: 'online',
          reason: '',
          configVersion: 1,
          sourceWidth: 640,
          sourceHeight: 360,
          counts: emptyEdgeCounts(),
          publishedBytes: 0,
        },
      ],
    };
    await producer.send(siteTelemetryTopic('north'), edgeTelemetryEvent.encode(telemetry));
    const states = async (replica: number): Promise<string> => (await ask(replica, '/v1/cameras')).text();
    await expect
      .poll(async () => (await Promise.all([states(0), states(1)])).join())
      .not.toContain('connecting');
    const silence = (minutes: number) => ask(1, `/v1/notifications/${id}/silence`, 'POST', { minutes });
    expect((await silence(30)).status).toBe(200);
    await expect
      .poll(async () => (await ask(0, '/v1/notifications')).json())
      .toMatchObject({ rules: [{ silencedUntilUs: expect.any(Number) }] });
    laterUs = 120e6;
    await nextSeconds();
    expect(told()).toEqual([]);
    expect((await silence(0)).status).toBe(200);
    // Whoever is asked for the rules reads them again.
    for (const replica of [0, 1]) await ask(replica, '/v1/notifications');
    await expect.poll(told, { timeout: 10_000 }).toHaveLength(1);
    await nextSeconds();
    expect(told()).toHaveLength(1);
    expect(told()[0]).toContain(`${id}.north.door.`);
    expect((await ask(1, `/v1/notifications/${id}`, 'DELETE')).status).toBe(200);
  });

  it('keep the seconds of the run through one of them', async () => {
    await expect.poll(() => writers.size, { timeout: 15_000 }).toBeGreaterThan(0);
    await nextSeconds();
    expect(writers.size).toBe(1);
  });

  it('go on with a notification that a third one had when it was killed, under its old key', async () => {
    receiver.received.splice(0);
    const nowUs = Math.round(Date.now() * 1000 + laterUs);
    const notification = {
      id: `r.${randomUUID()}`,
      ruleId: 'r',
      ruleName: 'Yard',
      kind: 'silence',
      cameraId: 'north/door',
      text: 'left behind',
      atUs: nowUs,
    };
    await past.queue.put(
      [{ id: `${notification.id} hook`, atUs: nowUs, message: { channel: 'hook', notification } }],
      { holder: 'killed', untilUs: nowUs },
    );
    await expect.poll(told, { timeout: 15_000 }).toEqual([notification.id]);
  });

  it('write down who was seen once', async () => {
    for (const seq of [1, 2, 3]) {
      await consoles[0]?.capture(frameOf(seq));
      await consoles[0]?.detect(frameOf(seq));
    }
    for (const replica of [0, 1])
      await expect
        .poll(async () => (await ask(replica, '/v1/events')).json(), { timeout: 10_000 })
        .toMatchObject({ items: [{ detections: 3 }] });
  });
});
