import {
  createHealth,
  createLogger,
  createMetrics,
  startHttp,
  type RunningHttp,
} from '@framegate/service-kit';
import { z } from 'zod';
import { afterEach, describe, expect, it } from 'vitest';
import { controlApi } from '../src/api.ts';
import type { Controller } from '../src/index.ts';
import type { OperatorAct } from '../src/operator.ts';
import { noOperator, operatorDecision } from '../src/operator.ts';

let http: RunningHttp | undefined;
afterEach(() => http?.close());

const acts: OperatorAct[] = [];
const leader: Controller = {
  snapshot: () => ({
    token: 7,
    operator: noOperator('act'),
    observation: undefined,
    slos: [],
    settings: new Map(),
    profiles: new Map(),
    decisions: [],
  }),
  act: async (act) => {
    acts.push(act);
    return operatorDecision(act, noOperator('act'), { id: '7/1', atUs: 1 });
  },
  close: async () => {},
};
const standby: Controller = { ...leader, snapshot: () => null, act: async () => null };

async function serve(controller: Controller | null, token?: string) {
  acts.length = 0;
  const { url } = (http = await startHttp({
    host: '127.0.0.1',
    port: 0,
    health: createHealth([]),
    registry: createMetrics().registry,
    logger: createLogger({ name: 'test', level: 'silent' }),
    routes: controlApi({ controller: () => controller, token }),
  }));
  return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const text = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const reply = await fetch(url + path, { method, ...text, headers: { ...type, ...headers } });
    return { status: reply.status, body: z.record(z.string(), z.unknown()).parse(await reply.json()) };
  };
}

describe('the API of the controller', () => {
  it('tells who leads, takes what an operator does, and answers with its record', async () => {
    const ask = await serve(leader);
    expect((await ask('GET', '/v1/status')).body).toMatchObject({ leading: true, token: 7, mode: 'act' });
    const reply = await ask('PUT', '/v1/mode', { mode: 'pause', by: 'ada', reason: 'works' });
    expect(reply).toMatchObject({ status: 200, body: { loop: 'operator', to: 'pause' } });
    const pin = { lever: 'resolution', cameras: 'north/*', value: 640, by: 'ada' };
    expect((await ask('PUT', '/v1/pins', pin)).status).toBe(200);
    const { value: _none, ...unpin } = pin;
    expect((await ask('DELETE', '/v1/pins', unpin)).status).toBe(200);
    expect(acts.map(({ kind }) => kind)).toEqual(['mode', 'pin', 'unpin']);
  });

  it('names every mistake of a request, and does nothing', async () => {
    const ask = await serve(leader);
    const bad = { lever: 'jpeg-quality', cameras: 'north', value: 400, by: '', more: 1 };
    const { status, body } = await ask('PUT', '/v1/pins', bad);
    expect(status).toBe(400);
    for (const part of ['cameras', 'by', 'more']) expect(body['error']).toContain(part);
    const outside = await ask('PUT', '/v1/pins', { ...bad, cameras: '*', by: 'ada', more: undefined });
    expect(outside.body['error']).toContain('value');
    expect((await ask('PUT', '/v1/mode', { mode: 'sleep' })).body['error']).toBe(
      'mode: unknown value "sleep": known are act, advise, pause; by: is missing: add it',
    );
    expect((await ask('PUT', '/v1/mode', '{"mode":')).status).toBe(400);
    expect((await ask('GET', '/v1/decisions?limit=0')).status).toBe(400);
    expect(acts).toEqual([]);
  });

  it('says why an act would do nothing', async () => {
    const ask = await serve({ ...leader, act: async () => ({ refused: 'there is no such camera' }) });
    const pin = { lever: 'resolution', cameras: 'north/zz', value: 640, by: 'ada' };
    expect(await ask('PUT', '/v1/pins', pin)).toEqual({
      status: 404,
      body: { error: 'there is no such camera' },
    });
  });

  it('says so on standby, and while it starts', async () => {
    for (const controller of [standby, null]) {
      const ask = await serve(controller);
      expect((await ask('GET', '/v1/status')).body).toEqual({ leading: false });
      const refused = await ask('PUT', '/v1/mode', { mode: 'pause', by: 'ada' });
      expect(refused).toMatchObject({
        status: 503,
        body: { error: expect.stringContaining('does not lead') },
      });
      await http?.close();
    }
    http = undefined;
  });

  it('asks for its token on everything but health, metrics and its own description', async () => {
    const ask = await serve(leader, 'a long enough secret');
    expect((await ask('GET', '/v1/status')).status).toBe(401);
    expect((await ask('GET', '/v1/status', undefined, { authorization: 'Bearer wrong' })).status).toBe(401);
    const right = { authorization: 'Bearer a long enough secret' };
    expect((await ask('GET', '/v1/status', undefined, right)).status).toBe(200);
    expect((await ask('GET', '/openapi.json')).body).toMatchObject({
      paths: { '/v1/pins': { put: { summary: expect.any(String) } } },
    });
  });
});
