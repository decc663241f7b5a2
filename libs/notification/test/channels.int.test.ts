import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, need } from '@framegate/test-kit';
import { connectAsync } from 'mqtt';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEmail, createMqtt, createWebhook, DeliveryError, verifyWebhook } from '../src/index.ts';
import type { Notification } from '../src/index.ts';

const notification: Notification = {
  id: 'r1.north.gate.1.1.0',
  ruleId: 'r1',
  ruleName: 'Yard',
  kind: 'appearance',
  cameraId: 'north/gate',
  text: 'person at north/gate (yard)',
  atUs: 1_767_225_600e6,
  appearanceId: 'north.gate.1.1.0',
};
const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xd9]);
const secret = 'a-secret-of-the-receiver';

function portOf(server: { address(): unknown; once(event: 'listening', listener: () => void): unknown }) {
  const address = server.address();
  return typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0;
}

describe('a webhook', () => {
  let server: Server;
  let url: string;
  let answer: number;
  let asked: { headers: NodeJS.Dict<string | string[]>; body: string }[];
  beforeEach(async () => {
    asked = [];
    answer = 204;
    server = createServer((request, reply) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        asked.push({ headers: request.headers, body });
        reply.writeHead(answer, answer === 302 ? { location: '/elsewhere' } : {}).end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${portOf(server)}/hook?token=hunter2`;
  });
  afterEach(() => server.close());
  const create = () =>
    createWebhook({ name: 'hook', url, secret, timeoutMs: 2000, nowMs: () => 1_767_225_601_000 });

  it('is signed with its time, has a key against doubles, and the picture', async () => {
    await create().deliver(notification, jpeg);
    const [{ headers, body } = { headers: {}, body: '' }] = asked;
    expect(headers['idempotency-key']).toBe(notification.id);
    expect(JSON.parse(body)).toEqual({ ...notification, thumbnailJpegBase64: '/9j/2Q==' });
    const signature = String(headers['x-framegate-signature']);
    expect(verifyWebhook(body, signature, secret, 1_767_225_700)).toBe(true);
    expect(verifyWebhook(body, signature, secret, 1_767_226_000)).toBe(false);
    expect(verifyWebhook(`${body} `, signature, secret, 1_767_225_700)).toBe(false);
    expect(verifyWebhook(body, signature, 'another', 1_767_225_700)).toBe(false);
    expect(verifyWebhook(body, 't=1,v1=00', secret, 1)).toBe(false);
  });

  it.each([
    [500, false],
    [429, false],
    [400, true],
    [302, true],
  ])('that is answered with %d is not delivered, and follows nowhere', async (status, isFinal) => {
    answer = status;
    await expect(create().deliver(notification, undefined)).rejects.toMatchObject({
      name: 'DeliveryError',
      isFinal,
      message: expect.stringContaining(String(status)),
    });
    expect(asked).toHaveLength(1);
  });

  it('says that nobody listens, and tells no secret', async () => {
    server.close();
    const failure = await create()
      .deliver(notification, undefined)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DeliveryError);
    expect(String(failure)).toContain('ECONNREFUSED');
    expect(String(failure)).not.toContain('hunter2');
    expect(String(failure)).not.toContain(secret);
  });
});

describe('an e-mail', () => {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      done(
        address.startsWith('nobody') ? Object.assign(new Error('no such user'), { responseCode: 550 }) : null,
      );
    },
    onData(stream, _session, done) {
      let mail = '';
      stream.on('data', (chunk: Buffer) => (mail += chunk.toString()));
      stream.on('end', () => {
        received.push(mail);
        done();
      });
    },
  });
  let url: string;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    url = `smtp://127.0.0.1:${portOf(server.server)}`;
  });
  afterAll(() => {
    server.close();
  });

  it('says what happened, with the picture', async () => {
    const email = createEmail({ name: 'mail', url, from: 'gate@example.org', to: ['ada@example.org'] });
    await email.deliver(notification, jpeg);
    const [mail = ''] = received;
    expect(mail).toContain('To: ada@example.org');
    expect(mail).toContain('2026-01-01T00:00:00.000Z');
    expect(mail).toContain(`Message-ID: <${notification.id}@framegate>`);
    expect(mail).toContain('/9j/2Q==');
    await email.close();
  });

  it('tells a mistake from a server that is away', async () => {
    const wrong = createEmail({ name: 'mail', url, from: 'gate@example.org', to: ['nobody@example.org'] });
    await expect(wrong.deliver(notification, undefined)).rejects.toMatchObject({ isFinal: true });
    const away = createEmail({
      name: 'mail',
      url: 'smtp://ada:hunter2@127.0.0.1:1',
      from: 'a@b.c',
      to: ['a@b.c'],
    });
    const failure = await away.deliver(notification, undefined).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'DeliveryError', isFinal: false });
    expect(String(failure)).not.toContain('hunter2');
  });
});

const ready = need('Mosquitto', () => mosquitto() !== undefined, 'apt-get install mosquitto');

describe.runIf(ready)('MQTT with a real Mosquitto', () => {
  let folder: string;
  let broker: ChildProcess;
  let url: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'framegate-mqtt-'));
    const port = await freePort();
    url = `mqtt://127.0.0.1:${port}`;
    await writeFile(join(folder, 'conf'), `listener ${port} 127.0.0.1\nallow_anonymous true\nuser root\n`);
    broker = spawn(mosquitto() ?? '', ['-c', join(folder, 'conf')], { stdio: 'ignore' });
    await eventually(async () => (await connectAsync(url)).endAsync().then(() => true));
  });
  afterAll(async () => {
    const exited = once(broker, 'exit');
    broker.kill();
    await exited;
    await rm(folder, { recursive: true });
  });

  it('tells what happened, keeps the newest picture, and announces the camera to Home Assistant', async () => {
    const heard = new Map<string, Buffer>();
    const listener = await connectAsync(url);
    listener.on('message', (topic, payload) => heard.set(topic, payload));
    await listener.subscribeAsync('#', { qos: 1 });
    const mqtt = createMqtt({ name: 'home', url, onError: () => {} });
    await eventually(() => mqtt.deliver(notification, jpeg).then(() => true));
    const event = await eventually(() => heard.get('framegate/north/gate/event'));
    expect(JSON.parse(event.toString())).toEqual({ event_type: 'appearance', ...notification });
    expect([...(heard.get('framegate/north/gate/picture') ?? [])]).toEqual([...jpeg]);
    const config: unknown = JSON.parse(String(heard.get('homeassistant/event/framegate_north_gate/config')));
    expect(config).toMatchObject({
      state_topic: 'framegate/north/gate/event',
      device: { name: 'Framegate north/gate' },
    });
    expect(heard.has('homeassistant/image/framegate_north_gate/config')).toBe(true);
    await mqtt.close();
    await listener.endAsync();
  });

  it('says that no broker answers', async () => {
    const mqtt = createMqtt({ name: 'home', url: 'mqtt://ada:hunter2@127.0.0.1:1', onError: () => {} });
    const failure = await mqtt.deliver(notification, undefined).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'DeliveryError', isFinal: false });
    expect(String(failure)).not.toContain('hunter2');
    await mqtt.close();
  });
});

/** Debian keeps it where only root looks. */
function mosquitto(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin'];
  return folders.map((folder) => join(folder, 'mosquitto')).find((program) => existsSync(program));
}

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}
