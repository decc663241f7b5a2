import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyWebhook } from '@framegate/notification';
import { ConfigError, createMetrics } from '@framegate/service-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Access } from '../src/access/access.ts';
import { openChannels, readChannels } from '../src/notifications/channels.ts';
import type { TestConsole } from './console-fixture.ts';
import { startTestConsole } from './console-fixture.ts';
import { frameOf, intentOf } from './frames-fixture.ts';
import { appearanceRule } from './rules-fixture.ts';

/** Who asks stands in a header here. */
const access: Access = {
  signIn: undefined,
  identify: async ({ headers: { 'x-test': name } }) => ({
    name: String(name),
    role: name === 'olga' ? 'operator' : 'viewer',
  }),
};
const secret = 'a-secret-of-the-receiver';
const metrics = createMetrics({ processMetrics: false });

let folder: string;
let receiver: Server;
let url: string;
let served: TestConsole;
const received: { body: string; signature: string }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framegate-channels-'));
  receiver = createServer((request, reply) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ body, signature: String(request.headers['x-framegate-signature']) });
      reply.end();
    });
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const address = receiver.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/?key=hunter2`;
  const path = join(folder, 'channels.json');
  const hook = { kind: 'webhook', name: 'hook', url, secret };
  await writeFile(path, JSON.stringify([hook, { ...hook, name: 'away', url: 'http://127.0.0.1:1' }]));
  const channels = openChannels(readChannels(path), () => {});
  served = await startTestConsole({ access, channels, metrics });
});
afterAll(async () => {
  await served.close();
  receiver.close();
  await rm(folder, { recursive: true });
});

const rule = { ...appearanceRule, classes: ['person'] };
const ask = (method: string, path: string, body?: unknown, who = 'olga') =>
  fetch(served.url + path, {
    method,
    headers: { 'x-test': who, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const create = async (change: object = {}): Promise<string> =>
  z
    .object({ id: z.string() })
    .parse(await (await ask('POST', '/v1/notifications', { ...rule, ...change })).json()).id;

describe('notifications of the console', () => {
  it('tell the receiver who was seen, signed, and how long that took from the capture', async () => {
    await served.want(intentOf('north/yard'));
    const id = await create();
    const nowSeq = Math.round(Date.now() / 100);
    for (const seq of [nowSeq, nowSeq + 1]) {
      const frame = frameOf(seq, { cameraId: 'north/yard' });
      await served.capture(frame);
      await served.detect(frame);
    }
    await expect.poll(() => received.length).toBe(1);
    const [{ body, signature } = { body: '', signature: '' }] = received;
    expect(JSON.parse(body)).toMatchObject({ ruleId: id, text: 'person at north/yard', kind: 'appearance' });
    expect(verifyWebhook(body, signature, secret, Date.now() / 1000)).toBe(true);
    await expect
      .poll(async () => metrics.registry.metrics())
      .toContain('framegate_notification_seconds_count{channel="webhook"} 1');
    expect(await metrics.registry.metrics()).toContain(
      'framegate_notification_objective_ratio_count{channel="webhook"} 1',
    );
    expect((await ask('DELETE', `/v1/notifications/${id}`)).status).toBe(200);
  });

  it('go by rules that operators make, change, silence and delete, and viewers see', async () => {
    const id = await create();
    expect((await ask('PUT', `/v1/notifications/${id}`, { ...rule, name: 'Nobody' })).status).toBe(200);
    const silenced = await ask('POST', `/v1/notifications/${id}/silence`, { minutes: 30 });
    expect(
      z.object({ silencedUntilUs: z.number() }).parse(await silenced.json()).silencedUntilUs,
    ).toBeGreaterThan(0);
    const seen = await ask('GET', '/v1/notifications', undefined, 'vera');
    const text = await seen.text();
    expect(JSON.parse(text)).toMatchObject({
      rules: [{ id, rule: { name: 'Nobody' } }],
      channels: [{ name: 'hook', kind: 'webhook' }, { name: 'away' }],
    });
    expect(text).not.toContain('hunter2');
    expect(text).not.toContain(secret);
    for (const [method, path, body] of [
      ['POST', '', rule],
      ['PUT', `/${id}`, rule],
      ['DELETE', `/${id}`, undefined],
      ['POST', `/${id}/silence`, { minutes: 1 }],
    ] as const)
      expect((await ask(method, `/v1/notifications${path}`, body, 'vera')).status).toBe(403);
    expect((await ask('DELETE', `/v1/notifications/${id}`)).status).toBe(200);
    expect((await ask('DELETE', `/v1/notifications/${id}`)).status).toBe(404);
    const log = await (await ask('GET', '/v1/audit')).text();
    for (const action of ['rule.created', 'rule.changed', 'rule.silenced', 'rule.deleted'])
      expect(log).toContain(action);
  });

  it.each([
    [{ channels: ['nowhere'] }, 'no channel is called nowhere'],
    [{ schedule: { timeZone: 'Mars/Base', days: [], from: '00:00', until: '01:00' } }, 'IANA'],
    [{ name: '' }, 'body.name'],
    [{ kind: 'other' }, 'body.kind'],
  ])('refuse a rule with %j, and say why', async (change, problem) => {
    const reply = await ask('POST', '/v1/notifications', { ...rule, ...change });
    expect(reply.status).toBe(400);
    expect(await reply.text()).toContain(problem);
  });

  it('are tried by a button, which says what came of it and no secret', async () => {
    const before = received.length;
    expect((await ask('POST', '/v1/notification-channels/hook/test')).status).toBe(200);
    expect(JSON.parse(received[before]?.body ?? '')).toMatchObject({ kind: 'test', text: 'A test by olga' });
    const failed = await ask('POST', '/v1/notification-channels/away/test');
    expect(failed.status).toBe(502);
    expect(await failed.text()).toContain('did not answer');
    expect((await ask('POST', '/v1/notification-channels/none/test')).status).toBe(404);
    expect((await ask('POST', '/v1/notification-channels/hook/test', undefined, 'vera')).status).toBe(403);
    expect(served.log()).not.toContain('hunter2');
  });
});

describe('the file of channels', () => {
  const read = async (content: string): Promise<string[]> => {
    const path = join(folder, 'wrong.json');
    await writeFile(path, content);
    try {
      readChannels(path);
      return [];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      expect(error.exitCode).toBe(2);
      return error.mistakes.map((mistake) => mistake.replaceAll(path, 'FILE'));
    }
  };
  const hook = { kind: 'webhook', name: 'hook', url: 'https://a.example', secret };

  it('is refused with a line for each of its mistakes, and none of its values', async () => {
    const wrong = [
      { ...hook, url: 'file:///hunter2', secret: 'hunter2' },
      { ...hook, name: 'away', secret: undefined, pasword: 'hunter2' },
      { kind: 'email', name: 'Mail', url: 'smtp://x', from: 'hunter2', to: ['a@b.example', 'hunter2'] },
      { kind: 'mqtt', name: 'bus', url: 'hunter2', password: ['hunter2'] },
      { kind: 'hunter2', name: 'odd' },
      { name: 'odder' },
      'hunter2',
      hook,
    ];
    expect(await read(JSON.stringify(wrong))).toEqual([
      'FILE: channel "hook", url: is (not shown): expected https://… or http://…',
      'FILE: channel "hook", secret: is (not shown): expected at least 16 characters',
      'FILE: channel "away", secret: is missing: add it',
      'FILE: channel "away": unknown key "pasword": remove it',
      'FILE: channel "Mail", name: is (not shown): expected up to 40 lower-case letters, digits and hyphens',
      'FILE: channel "Mail", from: is (not shown): expected an e-mail address',
      'FILE: channel "Mail", to, item 2: is (not shown): expected an e-mail address',
      'FILE: channel "bus", url: is (not shown): expected mqtt://… or mqtts://…',
      'FILE: channel "bus", password: is (not shown): expected a text',
      'FILE: channel "odd", kind: is (not shown): expected webhook, mqtt or email',
      'FILE: channel "odder", kind: is missing: add it',
      'FILE: channel 7: is (not shown): expected keys with values (key: value)',
      'FILE: channel "hook", name: "hook" is taken by an earlier one: choose another',
    ]);
  });

  it.each([
    [
      'no JSON',
      '{"secret": hunter2',
      "FILE can't be read (it is no JSON): name a JSON file of notification channels",
    ],
    ['no list', '{"secret": "hunter2"}', 'FILE: channels: is (not shown): expected a list'],
    ['a text', '"hunter2"', 'FILE: channels: is (not shown): expected a list'],
  ])('is refused as %s, and none of it is shown', async (_, content, mistake) => {
    expect(await read(content)).toEqual([mistake]);
  });
});
