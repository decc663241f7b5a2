import type { Appearance, HistoryStore, Sample } from '../../src/index.ts';
import { summarize } from '../../src/index.ts';

export const secondUs = 1e6;
/** 2026-01-01T00:00:00Z */
const t0 = 1_767_225_600e6;
export const at = (seconds: number): number => t0 + seconds * secondUs;
export const jpeg = (bytes: number, fill = 7): Uint8Array => new Uint8Array(bytes).fill(fill);

export function appearance(id: string, fields: Partial<Appearance> = {}): Appearance {
  return {
    id,
    cameraId: 'north/gate',
    className: 'person',
    startUs: at(0),
    endUs: (fields.startUs ?? at(0)) + 5 * secondUs,
    open: false,
    detections: 9,
    bestScore: 0.5,
    bestAtUs: fields.startUs ?? at(0),
    box: [1.5, 2, 30, 80],
    firstBox: [1.5, 2, 30, 80],
    lastBox: [1.5, 2, 30, 80],
    sourceWidth: 1280,
    sourceHeight: 720,
    zones: [],
    ...fields,
  };
}

export const decision = (id: string, seconds: number) => ({
  id,
  atUs: at(seconds),
  loop: 'fast' as const,
  effect: 'applied' as const,
  slo: 'on time',
  sli: 'latency',
  value: 700,
  objective: 500,
  cause: 'uplink',
  at: 'north',
  lever: 'quality',
  subjects: ['north/gate'],
  from: '80',
  to: '60',
  reason: 'ü – "quoted"',
});

export const sample = (series: string, seconds: number, values: readonly number[], subject = ''): Sample => ({
  series,
  subject,
  atUs: at(seconds),
  summary: summarize(values),
});

/** Makes an empty history. */
export type OpenHistory = () => Promise<HistoryStore>;

export async function idsOf(
  store: HistoryStore,
  query: Partial<Parameters<HistoryStore['findAppearances']>[0]>,
): Promise<string[]> {
  return (await store.findAppearances({ limit: 100, ...query })).items.map(({ id }) => id);
}
