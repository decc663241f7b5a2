import type { AppearanceQuery, FoundAppearance, HistoryStore } from '@framegate/history-store';
import { siteOf } from '@framegate/contracts';

/** All appearances that fit, page by page, so that a large export needs no memory. */
async function* allAppearances(
  store: Pick<HistoryStore, 'findAppearances'>,
  query: Omit<AppearanceQuery, 'limit' | 'cursor'>,
): AsyncGenerator<FoundAppearance> {
  let cursor: string | undefined;
  do {
    const page = await store.findAppearances({ ...query, limit: 500, cursor });
    yield* page.items;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

export interface ExportOptions {
  readonly store: Pick<HistoryStore, 'findAppearances'>;
  readonly query: Omit<AppearanceQuery, 'limit' | 'cursor'>;
  /** IANA name of a site's time zone. */
  readonly timezoneOf: (site: string) => string;
}

/** As a JSON array, one appearance a line. */
export async function* exportJson({ store, query, timezoneOf }: ExportOptions): AsyncGenerator<string> {
  let before = '[\n';
  for await (const appearance of allAppearances(store, query)) {
    yield before + JSON.stringify(exported(appearance, timezoneOf));
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

/** As CSV (RFC 4180), with a line of names. */
export async function* exportCsv({ store, query, timezoneOf }: ExportOptions): AsyncGenerator<string> {
  yield csvLine(columns);
  for await (const appearance of allAppearances(store, query)) {
    const { box, zones, ...rest } = exported(appearance, timezoneOf);
    const row = { ...rest, zones: zones.join('; '), box: box.map(Math.round).join(' ') };
    yield csvLine(columns.map((column) => row[column]));
  }
}

const columns = [
  'id',
  'camera',
  'class',
  'startUtc',
  'endUtc',
  'startLocal',
  'timezone',
  'seconds',
  'bestScore',
  'detections',
  'zones',
  'box',
] as const;

function exported(appearance: FoundAppearance, timezoneOf: (site: string) => string) {
  const timezone = timezoneOf(siteOf(appearance.cameraId));
  const { startUs, endUs } = appearance;
  return {
    id: appearance.id,
    camera: appearance.cameraId,
    class: appearance.className,
    startUtc: new Date(startUs / 1000).toISOString(),
    endUtc: new Date(endUs / 1000).toISOString(),
    startLocal: localTime(startUs, timezone),
    timezone,
    seconds: Math.round((endUs - startUs) / 1e5) / 10,
    bestScore: Math.round(appearance.bestScore * 1000) / 1000,
    detections: appearance.detections,
    zones: appearance.zones,
    box: appearance.box,
  };
}

/** `2026-01-31 17:05:09` as the clocks of that zone show it. */
function localTime(atUs: number, timeZone: string): string {
  // Swedish writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone }).format(
    atUs / 1000,
  );
}

function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/**
 * A text that a spreadsheet would take for a formula gets a quote before it (OWASP, "CSV Injection"): zones and
 * classes are named by people and models.
 */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
