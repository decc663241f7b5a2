import type { AppearanceQuery, HistoryStore } from '@framegate/history-store';
import { cameras, hour } from './day-of-appearances.ts';

const repeats = 15;

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

export interface SearchTime {
  readonly search: string;
  readonly found: number;
  readonly p50Ms: number;
  readonly maxMs: number;
}

async function time(search: string, call: () => Promise<number>): Promise<SearchTime> {
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

/** Each search, and the way to the 101st page. */
export async function timeSearches(store: HistoryStore): Promise<SearchTime[]> {
  const rows: SearchTime[] = [];
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
