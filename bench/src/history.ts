/**
 * Searching a day of 16 cameras in the history: 1.38 million detections (one a second and camera), 14 of them in an
 * appearance. `pnpm bench history [--appearances 98700] [--postgres URL] [--json]`
 *
 * SQLite in a file, then the PostgreSQL at the URL or, where it is installed, one of its own. Each search 15 times after
 * a first one that is not counted. `blockedMs` is how long the event loop of the calling thread stood still at most:
 * SQLite blocks a thread of its own.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { HistoryStore } from '@framegate/history-store';
import { openPostgresHistory, openSqliteHistory } from '@framegate/history-store';
import { findPostgres, startTestPostgres } from '@framegate/test-kit';
import { benchOptions } from './bench-options.ts';
import { fill } from './history/day-of-appearances.ts';
import type { SearchTime } from './history/searches.ts';
import { timeSearches } from './history/searches.ts';

const flags = benchOptions({
  json: { type: 'boolean', default: false },
  appearances: { type: 'number', default: 98_700, from: 1, whole: true },
  postgres: { type: 'string' },
});
const goalMs = 100;
const count = flags.appearances;

interface Found {
  readonly store: string;
  readonly filledMs: number;
  readonly blockedMs: number;
  readonly slowestMs: number;
  readonly fileBytes?: number;
  readonly results: readonly SearchTime[];
}

async function measure(name: string, store: HistoryStore): Promise<Found> {
  try {
    const startedAt = performance.now();
    await fill(store, count);
    const filledMs = performance.now() - startedAt;
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const results = await timeSearches(store);
    delay.disable();
    const slowestMs = Math.max(...results.map(({ maxMs }) => maxMs));
    return { store: name, filledMs, blockedMs: delay.max / 1e6, slowestMs, results };
  } finally {
    await store.close();
  }
}

async function measureSqlite(): Promise<Found> {
  const folder = await mkdtemp(join(tmpdir(), 'framegate-bench-'));
  const path = join(folder, 'history.db');
  try {
    const found = await measure('SQLite', openSqliteHistory({ path }));
    return { ...found, fileBytes: (await stat(path)).size };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measurePostgres(): Promise<Found | undefined> {
  const name = 'PostgreSQL';
  const open = (url: string) => openPostgresHistory({ url, timeoutMs: 120_000 });
  if (flags.postgres !== undefined) return measure(name, open(flags.postgres));
  if (findPostgres() === undefined) return undefined;
  const own = await startTestPostgres();
  try {
    return await measure(name, open(own.url()));
  } finally {
    await own.stop();
  }
}

function print({ store, filledMs, blockedMs, slowestMs, fileBytes, results }: Found): void {
  const size = fileBytes === undefined ? '' : `, ${(fileBytes / 1e6).toFixed(0)} MB`;
  console.log(`${store}: ${count} appearances, written in ${(filledMs / 1000).toFixed(1)} s${size}\n`);
  console.log('search                        found   p50 ms   max ms');
  for (const { search, found, p50Ms, maxMs } of results)
    console.log(
      `${search.padEnd(30)}${String(found).padStart(5)}${p50Ms.toFixed(1).padStart(9)}${maxMs.toFixed(1).padStart(9)}`,
    );
  console.log(`\nslowest search: ${slowestMs.toFixed(1)} ms (goal: below ${goalMs} ms)`);
  console.log(`the calling thread stood still for ${blockedMs.toFixed(1)} ms at most\n`);
}

const found = [await measureSqlite(), await measurePostgres()].filter((one) => one !== undefined);
if (flags.json) console.log(JSON.stringify({ appearances: count, goalMs, stores: found }));
else {
  found.forEach(print);
  if (found.length === 1) console.log('PostgreSQL: not installed here, and no --postgres URL');
}
