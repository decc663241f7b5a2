import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestConsole } from './console-fixture.ts';
import { startTestConsole } from './console-fixture.ts';
import { intentOf } from './frames-fixture.ts';

let served: TestConsole;
beforeAll(async () => {
  served = await startTestConsole();
});
afterAll(() => served.close());

/** Sends a path as it stands: `fetch` would tidy it up first. */
function raw(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
) {
  const { hostname, port } = new URL(served.url);
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>();
  const { method = 'GET', headers = {}, body } = options;
  const asked = request({ hostname, port, path, method, headers }, (reply) => {
    let text = '';
    reply.on('data', (chunk: Buffer) => (text += chunk.toString()));
    reply.on('end', () => resolve({ status: reply.statusCode ?? 0, body: text }));
  });
  asked.on('error', reject);
  asked.end(body);
  return promise;
}

describe('the server of the console', () => {
  it('serves one page for all of its paths, and lets it load nothing from anywhere else', async () => {
    for (const path of ['/', '/live', '/cameras/north/door']) {
      const reply = await fetch(served.url + path, { headers: { accept: 'text/html' } });
      expect(reply.status).toBe(200);
      const policy = reply.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      const page = await reply.text();
      expect(page).toContain('<div id="app">');
      expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    }
  });

  it('answers what there is not, or is asked wrongly, with one clear problem', async () => {
    const missing = await fetch(`${served.url}/v1/nothing`);
    expect(missing.status).toBe(404);
    expect(missing.headers.get('content-type')).toContain('application/problem+json');
    expect(await missing.json()).toMatchObject({
      status: 404,
      detail: expect.stringContaining('/openapi.json'),
    });
    const wrong = await fetch(`${served.url}/v1/promise/history?seconds=soon`);
    expect(wrong.status).toBe(400);
    expect(await wrong.json()).toMatchObject({ detail: expect.stringContaining('query.seconds') });
    expect((await fetch(`${served.url}/v1/cameras/north/absent`)).status).toBe(404);
    expect((await fetch(`${served.url}/v1/cameras/North/door`)).status).toBe(400);
  });

  it.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/assets/../../package.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/assets/..%5c..%5cpackage.json',
    '/%00',
  ])('gives nothing outside of its folder for %s', async (path) => {
    const { status, body } = await raw(path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(body).not.toContain('@framegate');
    expect(body).not.toContain('root:');
  });

  it('refuses a page of another origin, and one whose name leads to this machine', async () => {
    const other = await raw('/v1/session', { method: 'POST', headers: { origin: 'https://evil.example' } });
    expect(other.status).toBe(403);
    const rebound = await raw('/v1/cameras', { headers: { host: 'evil.example' } });
    expect(rebound.status).toBe(421);
    expect((await raw('/v1/cameras')).status).toBe(200);
  });

  it('describes its API', async () => {
    const reply = await fetch(`${served.url}/openapi.json`);
    const description: unknown = await reply.json();
    expect(description).toMatchObject({
      openapi: expect.stringMatching(/^3\./),
      paths: { '/v1/cameras': { get: { summary: expect.any(String) } } },
    });
  });

  it('tells how cameras stand, and where every frame went', async () => {
    await served.want(intentOf('north/door'));
    await expect
      .poll(async () => (await fetch(`${served.url}/v1/cameras`)).json())
      .toMatchObject({ cameras: [{ cameraId: 'north/door' }] });
    expect(await (await fetch(`${served.url}/v1/cameras/north/door`)).json()).toMatchObject({
      intent: { revision: 0 },
    });
    expect(await (await fetch(`${served.url}/v1/ledger`)).json()).toMatchObject({ balanced: true });
  });
});
