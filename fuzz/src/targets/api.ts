import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { cloudTopics, siteTopics } from '@framegate/contracts';
import { defaultRetention, openSqliteHistory } from '@framegate/history-store';
import { InProcessBus } from '@framegate/message-bus';
import { observeRun } from '@framegate/run-observer';
import { openAccess, startConsole } from '@framegate/service-console';
import { createHealth, createLogger, createMetrics } from '@framegate/service-kit';
import { createInProcessStore } from '@framegate/state-store';
import { z } from 'zod';
import type { Json, Random } from '../mutate.ts';
import { mutateBytes, mutateJson, oddText, pick } from '../mutate.ts';
import type { Outcome, Parts, Target } from '../target.ts';

const partitions = 2;
const openApi = z.object({ paths: z.record(z.string(), z.record(z.string(), z.looseObject({}))) });
const socketPath = '/v1/live';

const bodies: readonly Json[] = [
  { revision: 1, changes: { framesPerSecond: 5, zones: [{ name: 'gate', polygon: [[0, 0], [1, 0], [1, 1]] }] } },
  { name: 'rule', cameras: ['north/door'], classes: ['person'], channel: 'webhook', quietSeconds: 60 },
  { camera: 'north/door', from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
  { type: 'watch', cameras: ['north/door'] },
  { type: 'drawn', number: 3 },
]; // prettier-ignore

/** Every operation of the console's API, and its WebSocket. */
export const api: Target = {
  name: 'api',
  share: 0.007,
  boundMs: 5000,
  async open() {
    const console = await openConsole();
    const { paths } = openApi.parse(await (await fetch(`${console.url}/openapi.json`)).json());
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
    );
    return {
      make(random) {
        const body = bodyOf(random);
        if (random() < 0.15) return [Buffer.from('SOCKET'), Buffer.from(socketPath), body];
        const { method, path } = pick(random, operations);
        return [Buffer.from(method), Buffer.from(urlOf(random, path)), body];
      },
      run: (parts) => send(console.url, parts),
      close: console.close,
    };
  },
};

function bodyOf(random: Random): Uint8Array {
  const body = Buffer.from(JSON.stringify(mutateJson(random, pick(random, bodies))));
  return random() < 0.2 ? mutateBytes(random, body) : body;
}

function urlOf(random: Random, path: string): string {
  const odd = (): string => encodeURIComponent(oddText(random).toWellFormed()).slice(0, 3000);
  const filled = path.replaceAll(/\{[^}]*\}/g, () => (random() < 0.5 ? 'north%2Fdoor' : odd()));
  return random() < 0.5
    ? filled
    : `${filled}?${pick(random, ['camera', 'from', 'to', 'limit', 'after', 'class'])}=${odd()}`;
}

let clients = 0;
const addressOf = (client: number): string =>
  [10, client >> 16, client >> 8, client].map((part) => part & 255).join('.');

async function send(base: string, [kind, path, body]: Parts): Promise<Outcome> {
  const method = Buffer.from(kind ?? []).toString();
  const url = new URL(Buffer.from(path ?? []).toString(), base);
  const bytes = body ?? new Uint8Array();
  if (method === 'SOCKET') return talk(url, bytes);
  const outgoing = request(url, {
    method,
    headers: {
      'content-type': 'application/json',
      origin: base,
      // The limit of requests counts addresses; each input is a client of its own.
      'x-forwarded-for': addressOf(clients++),
    },
  });
  outgoing.end(method === 'GET' ? undefined : bytes);
  const answered = once(outgoing, 'response');
  const [response] = await answered;
  const { statusCode } = z.object({ statusCode: z.number() }).parse(response);
  outgoing.destroy();
  if (statusCode >= 500) throw new Error(`${method} ${url.pathname} answered ${statusCode}`);
  return statusCode >= 400 ? 'refused' : 'taken';
}

/** A message that is not understood closes the connection; one that is, does not. */
async function talk(url: URL, bytes: Uint8Array): Promise<Outcome> {
  const socket = new WebSocket(url.href.replace('http', 'ws'));
  const closed = new Promise<Outcome>((resolve) => {
    socket.addEventListener('close', () => resolve('refused'));
    socket.addEventListener('error', () => resolve('refused'));
  });
  const told = new Promise<Outcome>((resolve) => {
    socket.addEventListener('open', () => {
      socket.send(Buffer.from(bytes).toString());
      setTimeout(() => resolve('taken'), 5);
    });
  });
  const outcome = await Promise.race([closed, told]);
  socket.close();
  return outcome;
}

async function openConsole(): Promise<{ url: string; close: () => Promise<void> }> {
  const bus = new InProcessBus();
  const nowUs = (): number => Date.now() * 1000;
  await bus.ensureTopics([...cloudTopics(partitions), ...siteTopics('north', partitions)]);
  const run = await observeRun(bus, { nowUs });
  const past = openSqliteHistory({ path: ':memory:' });
  const { url, close } = await startConsole({
    bus,
    run,
    nowUs,
    store: createInProcessStore(() => performance.now()),
    past: { store: past, retention: defaultRetention },
    holder: randomUUID(),
    promiseOf: () => ({ slo: undefined, objectiveMs: undefined, target: 0.95 }),
    host: '127.0.0.1',
    port: 0,
    access: openAccess(),
    trustProxy: true,
    logger: createLogger({ name: 'fuzz', destination: { write: () => {} } }),
    metrics: createMetrics({ processMetrics: false }),
    health: createHealth(['bus', 'pages']),
  });
  return {
    url,
    async close() {
      await close();
      await run.close();
      await past.close();
    },
  };
}
