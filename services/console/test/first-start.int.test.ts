import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestConsole } from './console-fixture.ts';

const buildTimeoutMs = 120_000;

describe('a console that was never started here', () => {
  let webCache: string;
  beforeAll(async () => {
    webCache = await mkdtemp(join(tmpdir(), 'framegate-web-'));
  });
  afterAll(() => rm(webCache, { recursive: true }));

  /** The page, and the statuses of all that it loads. */
  async function open(url: string) {
    const page = await fetch(url);
    const html = await page.text();
    const parts = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '');
    const statuses = await Promise.all(parts.map(async (path) => (await fetch(url + path)).status));
    return { status: page.status, html, parts, statuses };
  }

  it(
    'builds its pages by itself, serves them, and builds nothing the next time',
    async () => {
      expect(await readdir(webCache)).toEqual([]);
      const first = await startTestConsole({ webCache });
      const { status, html, parts, statuses } = await open(first.url);
      await first.close();
      expect([status, html.includes('id="app"')]).toEqual([200, true]);
      expect(parts.some((path) => path.endsWith('.js'))).toBe(true);
      expect(new Set(statuses)).toEqual(new Set([200]));
      const built = await readdir(webCache);
      expect(built).toHaveLength(1);

      const builtAtMs = async () => (await stat(join(webCache, built[0] ?? '', 'index.html'))).mtimeMs;
      const before = await builtAtMs();
      const second = await startTestConsole({ webCache });
      expect((await open(second.url)).html).toBe(html);
      await second.close();
      expect([await readdir(webCache), await builtAtMs()]).toEqual([built, before]);
    },
    buildTimeoutMs,
  );
});
