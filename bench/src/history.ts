/**
 * Searching a day of 16 cameras in the history: 1.38 million detections (one a second and camera), 14 of them in an
 * appearance. `node bench/src/history.ts [--appearances 98700] [--postgres URL] [--json]`
 *
 * SQLite in a file, or PostgreSQL. Each search 15 times after a first one that is not counted. `blockedMs` is how long
 * the event loop of the calling thread stood still at most: SQLite blocks a thread of its own.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Appearance, AppearanceQuery, HistoryStore } from '@framegate/history-store';
import { defaultRetention, openPostgresHistory, openSqliteHistory } from '@framegate/history-store';
import { benchOptions } from './bench-options.ts';

const flags = benchOptions({
  json: { type: 'boolean', default: false },
  appearances: { type: 'string', default: '98700' },
  postgres: { type: 'string' },
});
const repeats = 15;
const cameras = Array.from({ length: 16 }, (_, i) => `north/camera-${i}`);
const zones = ['yard', 'road', 'door', 'fence', 'ramp'];
const dayUs = 86_400e6;
const dayBeginUs = 1_767_225_600e6;
const hour = (hours: number): number => dayBeginUs + hours * 3600e6;

function appearanceOf(i: number, of: number): Appearance {
  const random = (salt: number): number => {
    const x = Math.sin(i * 12.9898 + salt * 78.233) * 43_758.5453;
    return x - Math.floor(x);
  };
  const startUs = dayBeginUs + Math.floor((i / of) * dayUs);
  const score = 0.3 + 0.7 * random(1) ** 0.5;
  return {
    id: `north.camera-${i % 16}.1767225600.${i}.0`,
    cameraId: cameras[i % 16] ?? '',
    // One bus in 2000, for a search that finds little.
    className: random(2) < 0.0005 ? 'bus' : random(2) < 0.3 ? 'car' : 'person',
    startUs,
    endUs: startUs + Math.floor(28e6 * random(3)),
    open: false,
    detections: 14,
    bestScore: score,
    bestAtUs: startUs,
    box: [600, 300, 40, 110],
    firstBox: [600, 300, 40, 110],
    lastBox: [600, 300, 40, 110],
    sourceWidth: 1280,
    sourceHeight: 720,
    zones: random(4) < 0.3 ? [] : [zones[Math.floor(random(4) * zones.length)] ?? ''],
  };
}

const searches: Record<string, Partial<AppearanceQuery>> = {
  'newest of all': {},
  'one camera': { cameraIds: ['north/camera-3'] },
  'three cameras, people': { cameraIds: cameras.slice(2, 5), classNames: ['person'] },
  'five minutes at noon': { fromUs: hour(12), untilUs: hour(12) + 300e6 },
  'a zone': { zones: ['fence'] },
  'a zone of one camera, cars': { cameraIds: ['north/camera-3'], zones: ['ramp'], classNames: ['car'] },
  'a rare class': { classNames: ['bus'] },
  'score above 0.999': { minScore: 0.999 },
  'nothing fits': { zones: ['yard'], classNames: ['bus'], minScore: 0.9999, cameraIds: ['north/camera-1'] },
};

async function fill(store: HistoryStore, count: number): Promise<void> {
  const batch = 5000;
  for (let from = 0; from < count; from += batch) {
    const size = Math.min(batch, count - from);
    const appearances = Array.from({ length: size }, (_, i) => appearanceOf(from + i, count));
    await store.write({ appearances });
    if (process.stderr.isTTY) process.stderr.write(`\r${from + size} appearances`);
  }
  await store.maintain({ ...defaultRetention, maxBytes: Number.MAX_SAFE_INTEGER }, dayBeginUs + dayUs);
}

interface Row {
  readonly search: string;
  readonly found: number;
  readonly p50Ms: number;
  readonly maxMs: number;
}

async function time(search: string, call: () => Promise<number>): Promise<Row> {
  const timesMs: number[] = [];
  let found = await call();
  for (let i = 0; i < repeats; i++) {
    const startedAt = performance.now();
    found = await call();
    timesMs.push(performance.now() - startedAt);
  }
  const sorted = timesMs.toSorted((a, b) => a - b);
  return { search, found, p50Ms: sorted[Math.floor(repeats / 2)] ?? 0, maxMs: sorted.at(-1) ?? 0 };
}

async function measure(store: HistoryStore): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [search, query] of Object.entries(searches)) {
    const range = { fromUs: hour(0), untilUs: hour(24), limit: 50, ...query };
    rows.push(await time(search, async () => (await store.findAppearances(range)).items.length));
  }
  let cursor: string | undefined;
  for (let page = 0; page < 100; page++)
    cursor = (await store.findAppearances({ limit: 50, cursor })).next ?? undefined;
  rows.push(
    await time('page 101', async () => (await store.findAppearances({ limit: 50, cursor })).items.length),
  );
  return rows;
}

const folder = await mkdtemp(join(tmpdir(), 'framegate-bench-'));
const path = join(folder, 'history.db');
const count = Number(flags.appearances);
const store =
  flags.postgres === undefined
    ? openSqliteHistory({ path })
    : openPostgresHistory({ url: flags.postgres, timeoutMs: 120_000 });
try {
  const startedAt = performance.now();
  await fill(store, count);
  const filledMs = performance.now() - startedAt;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const results = await measure(store);
  delay.disable();
  const blockedMs = delay.max / 1e6;
  const fileBytes = flags.postgres === undefined ? (await stat(path)).size : undefined;
  if (flags.json)
    console.log(JSON.stringify({ appearances: count, filledMs, blockedMs, fileBytes, results }));
  else {
    const size = fileBytes === undefined ? '' : `, ${(fileBytes / 1e6).toFixed(0)} MB`;
    console.log(`${count} appearances, written in ${(filledMs / 1000).toFixed(1)} s${size}\n`);
    console.log('search                        found   p50 ms   max ms');
    for (const { search, found, p50Ms, maxMs } of results)
      console.log(
        `${search.padEnd(30)}${String(found).padStart(5)}${p50Ms.toFixed(1).padStart(9)}${maxMs.toFixed(1).padStart(9)}`,
      );
    console.log(`\nthe calling thread stood still for ${blockedMs.toFixed(1)} ms at most`);
  }
} finally {
  await store.close();
  await rm(folder, { recursive: true });
}
