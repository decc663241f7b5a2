import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  cameraIntentEvent,
  detectionEvent,
  encodeFrame,
  framesTopic,
  siteTopics,
  topicNames,
} from '@framegate/contracts';
import type { TestBroker } from '@framegate/kafka-local';
import { startTestBroker, whyNoTestBroker } from '@framegate/kafka-local';
import type { MessageBus, Producer } from '@framegate/message-bus';
import { createKafkaBus } from '@framegate/message-bus-kafka';
import type { TestPostgres, TestRedis } from '@framegate/test-kit';
import { eventually, findPostgres, has, need, startTestPostgres, startTestRedis } from '@framegate/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createToken } from '../src/access/token-list.ts';
import { decodePicture } from '../src/protocol/picture-message.ts';
import { startConsoleProcess } from './console-process-fixture.ts';
import { detectionOf, frameOf, intentOf } from './frames-fixture.ts';
import { startProvider } from './provider-fixture.ts';
import { startReceiver } from './receiver-fixture.ts';
import { appearanceRule } from './rules-fixture.ts';

const ready = [
  need('a Kafka broker', () => whyNoTestBroker() === undefined, 'install Java 17 and Maven'),
  need('PostgreSQL', () => findPostgres() !== undefined, 'apt-get install postgresql'),
  need('Redis', () => has.command('redis-server', '--version'), 'apt-get install redis-server'),
].every(Boolean);
const patience = { timeoutMs: 90_000, everyMs: 200 };
const startMs = 180_000;
const operator = createToken('otto', 'operator');
const eventsSchema = z.object({
  items: z.array(
    z.object({ id: z.string(), startUs: z.number(), endUs: z.number(), detections: z.number() }),
  ),
});

describe.skipIf(!ready)('two consoles over a real broker, with one PostgreSQL and one Redis', () => {
  let folder: string;
  let broker: TestBroker;
  let postgres: TestPostgres;
  let redis: TestRedis;
  let provider: Awaited<ReturnType<typeof startProvider>>;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  let bus: MessageBus;
  let producer: Producer;
  let consoles: Awaited<ReturnType<typeof start>>[] = [];

  const start = (instance: string) =>
    startConsoleProcess(
      {
        KAFKA_BROKERS: broker.brokers.join(','),
        FRAMEGATE_INSTANCE: instance,
        FRAMEGATE_HISTORY: postgres.url(),
        FRAMEGATE_REDIS_URL: redis.url,
        FRAMEGATE_SESSION_KEY: 'a key that both consoles were given',
        FRAMEGATE_CONSOLE_TOKENS: operator.line,
        FRAMEGATE_CHANNELS_FILE: join(folder, 'channels.json'),
        FRAMEGATE_PUBLIC_ORIGIN: 'http://console.example',
        FRAMEGATE_OIDC_ISSUER: provider.issuer,
        FRAMEGATE_OIDC_CLIENT_ID: 'console',
      },
      patience,
    );

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'framegate-consoles-'));
    provider = await startProvider();
    receiver = await startReceiver();
    const hook = { kind: 'webhook', name: 'hook', url: receiver.url, secret: 'of-at-least-16-chars' };
    writeFileSync(join(folder, 'channels.json'), JSON.stringify([hook]));
    [broker, postgres, redis] = await Promise.all([startTestBroker(), startTestPostgres(), startTestRedis()]);
    bus = createKafkaBus({ brokers: broker.brokers, clientId: 'test' });
    await bus.ensureTopics(siteTopics('north', 1));
    producer = await bus.producer();
    consoles = await Promise.all(['a', 'b'].map(start));
    await producer.send(topicNames.cameraIntent, cameraIntentEvent.encode(intentOf('north/door')));
  }, startMs);
  afterAll(async () => {
    for (const { child } of consoles) child.kill('SIGKILL');
    await bus?.close();
    await broker?.stop();
    await postgres?.stop();
    await redis?.stop();
    await receiver?.close();
    provider?.close();
    rmSync(folder, { recursive: true });
  });

  const authorization = `Bearer ${operator.token}`;
  const ask = (replica: number, path: string, { body, ...headers }: Record<string, string> = {}) =>
    fetch(`${consoles[replica]?.url}${path}`, {
      redirect: 'manual',
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { method: 'POST', body }),
    });
  const cookieOf = (reply: Response, name: string): string =>
    reply.headers
      .getSetCookie()
      .find((one) => one.startsWith(name))
      ?.split(';')[0] ?? '';
  const whoIs = async (replica: number, cookie: string): Promise<unknown> =>
    (await ask(replica, '/v1/session', { cookie })).json();
  const eventsAt = async (replica: number) =>
    eventsSchema.parse(await (await ask(replica, '/v1/events', { authorization })).json()).items;

  let seq = Math.round(Date.now() / 100);
  async function see(): Promise<void> {
    seq += 1;
    const frame = frameOf(seq, { capturedAtUs: Date.now() * 1000 });
    await producer.send(framesTopic('north'), encodeFrame(frame));
    await producer.send(topicNames.detections, detectionEvent.encode(detectionOf(frame)));
  }

  it('know whom the other one has let in, by a token', async () => {
    const login = await ask(0, '/v1/session', { body: JSON.stringify({ token: operator.token }) });
    const cookie = cookieOf(login, 'framegate_session');
    for (const replica of [0, 1])
      expect(await whoIs(replica, cookie)).toMatchObject({ identity: { name: 'otto' } });
  });

  it('finish a sign-in at the organisation that the other one has begun', async () => {
    const away = await ask(0, '/v1/oidc/login');
    const asked = new URL(away.headers.get('location') ?? '').searchParams;
    provider.asked.challenge = asked.get('code_challenge') ?? '';
    provider.asked.nonce = asked.get('nonce') ?? '';
    const path = `/v1/oidc/callback?code=c&state=${asked.get('state')}`;
    const back = await ask(1, path, { cookie: cookieOf(away, 'framegate_sign_in') });
    expect(back.status).toBe(302);
    const cookie = cookieOf(back, 'framegate_session');
    for (const replica of [0, 1])
      expect(await whoIs(replica, cookie)).toMatchObject({ identity: { name: 'ada@example.org' } });
  });

  it('show live pictures, both of them', async () => {
    const viewers = consoles.map(({ url }) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/live`, { headers: { authorization } });
      socket.binaryType = 'arraybuffer';
      const seen = { found: 0, close: () => socket.close() };
      socket.addEventListener('open', () =>
        socket.send(JSON.stringify({ type: 'watch', cameras: ['north/door'] })),
      );
      socket.addEventListener('message', ({ data }: MessageEvent) => {
        if (!(data instanceof ArrayBuffer)) return;
        const { header } = decodePicture(data);
        seen.found += header.objects?.length ?? 0;
        socket.send(JSON.stringify({ type: 'drawn', number: header.number }));
      });
      return seen;
    });
    await eventually(async () => {
      await see();
      return viewers.every(({ found }) => found > 0);
    }, patience);
    expect(viewers.map(({ found }) => found > 0)).toEqual([true, true]);
    for (const viewer of viewers) viewer.close();
  });

  it('write down once who was seen, and tell of it once', async () => {
    const rule = { ...appearanceRule, dwellSeconds: 1 };
    const made = await ask(0, '/v1/notifications', { authorization, body: JSON.stringify(rule) });
    expect(made.status).toBe(201);
    await eventually(async () => {
      await see();
      return receiver.received.length > 0;
    }, patience);
    // Both have read more of the same appearance by then, and looked at what is left in the line.
    const counted = async () => (await eventsAt(1))[0]?.detections ?? 0;
    const before = await counted();
    await eventually(async () => {
      await see();
      return (await counted()) > before + 10;
    }, patience);
    const [atOne, atOther] = [await eventsAt(0), await eventsAt(1)];
    expect(atOne.map(({ id }) => id)).toEqual(atOther.map(({ id }) => id));
    // Newest first. One person was there: where a pause made two events of it, one is behind the other.
    atOne.slice(1).forEach(({ endUs }, i) => expect(endUs).toBeLessThanOrEqual(atOne[i]?.startUs ?? 0));
    const keys = receiver.received.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeLessThanOrEqual(atOne.length);
  });
});
