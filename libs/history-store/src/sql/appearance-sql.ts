import { z } from 'zod';
import { decodeCursor } from '../cursor.ts';
import { HistoryStoreError } from '../history-store-error.ts';
import type { Appearance, AppearanceQuery, FoundAppearance, Thumbnail } from '../port.ts';
import { maxAppearanceUs, maxThumbnailBytes } from '../port.ts';
import type { Dialect, Row, Statement } from './connection.ts';
import { conditions, insertRows, lastOfEach, replacing } from './statements.ts';

const columns = [
  'id',
  'camera_id',
  'class_name',
  'start_us',
  'end_us',
  'open',
  'detections',
  'best_score',
  'best_at_us',
  'box',
  'first_box',
  'last_box',
  'source_width',
  'source_height',
  'zones',
] as const;

const json = z.string().transform((text): unknown => JSON.parse(text));
const box = json.pipe(z.tuple([z.number(), z.number(), z.number(), z.number()]));
const rowSchema = z.object({
  id: z.string(),
  camera_id: z.string(),
  class_name: z.string(),
  start_us: z.int(),
  end_us: z.int(),
  open: z.int(),
  detections: z.int(),
  best_score: z.number(),
  best_at_us: z.int(),
  box,
  first_box: box,
  last_box: box,
  source_width: z.int(),
  source_height: z.int(),
  zones: json.pipe(z.array(z.string())),
  has_thumbnail: z.int(),
});

const selected = `${columns.map((column) => `a.${column}`).join(', ')},
  CASE WHEN EXISTS (SELECT 1 FROM thumbnails t WHERE t.appearance_id = a.id) THEN 1 ELSE 0 END AS has_thumbnail`;

export function appearanceOf(row: Row): FoundAppearance {
  const found = rowSchema.parse(row);
  return {
    id: found.id,
    cameraId: found.camera_id,
    className: found.class_name,
    startUs: found.start_us,
    endUs: found.end_us,
    open: found.open === 1,
    detections: found.detections,
    bestScore: found.best_score,
    bestAtUs: found.best_at_us,
    box: found.box,
    firstBox: found.first_box,
    lastBox: found.last_box,
    sourceWidth: found.source_width,
    sourceHeight: found.source_height,
    zones: found.zones,
    hasThumbnail: found.has_thumbnail === 1,
  };
}

export function writeAppearances(given: readonly Appearance[]): Statement[] {
  const appearances = lastOfEach(given, ({ id }) => id);
  appearances.forEach(checkAppearance);
  if (appearances.length === 0) return [];
  const rows = appearances.map((a) => [
    a.id,
    a.cameraId,
    a.className,
    a.startUs,
    a.endUs,
    a.open ? 1 : 0,
    a.detections,
    a.bestScore,
    a.bestAtUs,
    JSON.stringify(a.box),
    JSON.stringify(a.firstBox),
    JSON.stringify(a.lastBox),
    a.sourceWidth,
    a.sourceHeight,
    JSON.stringify(a.zones),
  ]);
  const zones = appearances.flatMap((a) =>
    [...new Set(a.zones)].map((zone) => [zone, a.id, a.startUs] as const),
  );
  return [
    ...insertRows('appearances', columns, rows, replacing(['id'], columns)),
    ...appearances.map(({ id }) => ({
      text: 'DELETE FROM appearance_zones WHERE appearance_id = $1',
      params: [id],
    })),
    ...insertRows('appearance_zones', ['zone', 'appearance_id', 'start_us'], zones, 'ON CONFLICT DO NOTHING'),
  ];
}

/** One by one: each takes part only where its appearance is there. */
export function writeThumbnails(thumbnails: readonly Thumbnail[], { blobType }: Dialect): Statement[] {
  return thumbnails.map(({ appearanceId, jpeg }) => {
    if (jpeg.byteLength > maxThumbnailBytes) {
      throw new HistoryStoreError(
        'INVALID',
        `thumbnail of "${appearanceId}" has ${jpeg.byteLength} bytes: at most ${maxThumbnailBytes}`,
      );
    }
    return {
      text: `INSERT INTO thumbnails (appearance_id, at_us, jpeg)
        SELECT id, start_us, CAST($2 AS ${blobType}) FROM appearances WHERE id = $1
        ON CONFLICT (appearance_id) DO UPDATE SET jpeg = excluded.jpeg, at_us = excluded.at_us`,
      params: [appearanceId, jpeg],
    };
  });
}

/**
 * One statement for each zone, or one for all: each reads an index in the order of the list. One row more than asked
 * for tells whether there is a next page.
 */
export function selectAppearances(query: AppearanceQuery): Statement[] {
  const zones = [...new Set(query.zones)];
  return zones.length === 0 ? [selectInOrder(query)] : zones.map((zone) => selectInOrder(query, zone));
}

function selectInOrder(query: AppearanceQuery, zone?: string): Statement {
  const where = conditions();
  const order = zone === undefined ? ['a.start_us', 'a.id'] : ['z.start_us', 'z.appearance_id'];
  if (zone !== undefined) where.add('z.zone = ?', zone);
  where.addIn('a.camera_id', query.cameraIds);
  where.addIn('a.class_name', query.classNames);
  if (query.minScore !== undefined) where.add('a.best_score >= ?', query.minScore);
  if (query.open !== undefined) where.add('a.open = ?', query.open ? 1 : 0);
  // Any part of it in the range: the bound of its length lets the index find it.
  if (query.fromUs !== undefined) {
    where.add(`${order[0]} >= ?`, query.fromUs - maxAppearanceUs);
    where.add('a.end_us >= ?', query.fromUs);
  }
  if (query.untilUs !== undefined) where.add(`${order[0]} < ?`, query.untilUs);
  if (query.cursor !== undefined) {
    const { atUs, id } = decodeCursor(query.cursor);
    where.add(`(${order.join(', ')}) < (?, ?)`, atUs, id);
  }
  const from =
    zone === undefined
      ? 'appearances a'
      : 'appearance_zones z CROSS JOIN appearances a'; // prettier-ignore
  if (zone !== undefined) where.add('a.id = z.appearance_id');
  const text = `SELECT ${selected} FROM ${from}${where.where()}
    ORDER BY ${order.map((column) => `${column} DESC`).join(', ')} LIMIT ${where.param(query.limit + 1)}`;
  return { text, params: where.params };
}

export function selectAppearance(id: string): Statement {
  return { text: `SELECT ${selected} FROM appearances a WHERE a.id = $1`, params: [id] };
}

function checkAppearance({ id, startUs, endUs, bestScore }: Appearance): void {
  const problem =
    id.length === 0 || id.length > 200
      ? `an id of ${id.length} characters: expected 1 to 200`
      : !Number.isSafeInteger(startUs) || !Number.isSafeInteger(endUs) || startUs < 0
        ? `times ${startUs} to ${endUs}: expected whole µs since the Unix epoch`
        : endUs < startUs || endUs - startUs > maxAppearanceUs
          ? `from ${startUs} to ${endUs} µs: expected at most an hour. Tell it as several`
          : !(bestScore >= 0 && bestScore <= 1)
            ? `a score of ${bestScore}: expected 0 to 1`
            : undefined;
  if (problem !== undefined)
    throw new HistoryStoreError('INVALID', `appearance "${id.slice(0, 80)}" has ${problem}`);
}
