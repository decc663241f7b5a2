import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import type { Erasure } from '../erasure.ts';
import { outsideErasures } from '../erasure.ts';
import { HistoryStoreError } from '../history-store-error.ts';
import type { Appearance, AuditEntry, HistoryBatch, HistoryStore, Page, TimeQuery } from '../port.ts';
import {
  appearanceOf,
  selectAppearance,
  selectAppearances,
  writeAppearances,
  writeThumbnails,
} from './appearance-sql.ts';
import type { Dialect, Row, SqlConnection, Statement } from './connection.ts';
import { decisionOf, selectedDecision, writeDecisions, writeOutcomes } from './decision-sql.ts';
import { documentOf, saveDocument, selectDocument, writeDocuments } from './document-sql.ts';
import { maintain } from './maintain.ts';
import {
  checkSeriesQuery,
  inSteps,
  minuteUs,
  sampleOf,
  secondUs,
  selectSamples,
  writeSamples,
} from './sample-sql.ts';
import { createSqlQueue } from './queue-sql.ts';
import { selectRolledUntil } from './roll-up.ts';
import { conditions, insertRows, lastOfEach } from './statements.ts';

/** The history in a database that speaks SQL. @param connection has been migrated before it answers */
export function createSqlHistoryStore(connection: SqlConnection): HistoryStore {
  const inTurn = createTurns();

  return {
    write: (batch) =>
      inTurn(async () => {
        const statements = batchStatements(
          connection.dialect,
          batch,
          await erasuresOf(connection, batch.appearances ?? []),
        );
        if (statements.length > 0) await connection.write(statements);
      }),
    async findAppearances(query) {
      checkPage(query);
      const lists = await Promise.all(
        selectAppearances(query).map((statement) => connection.read(statement)),
      );
      const found = lastOfEach(lists.flat().map(appearanceOf), ({ id }) => id);
      const sorted = found.toSorted((a, b) => b.startUs - a.startUs || (a.id < b.id ? 1 : -1));
      return pageOf(sorted, query.limit, ({ startUs, id }) => ({ atUs: startUs, id }));
    },
    async appearance(id) {
      const [row] = await connection.read(selectAppearance(id));
      return row ? appearanceOf(row) : null;
    },
    async thumbnail(appearanceId) {
      const [row] = await connection.read({
        text: 'SELECT jpeg FROM thumbnails WHERE appearance_id = $1',
        params: [appearanceId],
      });
      return row ? z.instanceof(Uint8Array).parse(row['jpeg']) : null;
    },
    async series(query) {
      checkSeriesQuery(query);
      if (query.stepUs < minuteUs) {
        const rows = await connection.read(selectSamples(secondUs, query));
        return inSteps(rows.map(sampleOf), query.stepUs);
      }
      const rolledUntilUs = await selectRolledUntil(connection);
      const rows = await Promise.all([
        connection.read(selectSamples(minuteUs, query)),
        connection.read(selectSamples(secondUs, { ...query, fromUs: Math.max(query.fromUs, rolledUntilUs) })),
      ]);
      return inSteps(rows.flat().map(sampleOf), query.stepUs);
    },
    async decisions(query) {
      const rows = await connection.read(selectPage('decisions', selectedDecision, query));
      return pageOf(rows.map(decisionOf), query.limit, ({ record: { atUs, id } }) => ({ atUs, id }));
    },
    async auditLog(query) {
      const filters = { actor: query.actor, action: query.action };
      const rows = await connection.read(
        selectPage('audit_log', 'id, at_us, actor, action, subject', query, filters),
      );
      return pageOf(rows.map(auditOf), query.limit, ({ atUs, id }) => ({ atUs, id }));
    },
    queue: createSqlQueue(connection),
    async readDocument(key) {
      const [row] = await connection.read(selectDocument(key));
      return row ? documentOf(row) : null;
    },
    async writeDocument(key, value, ifRevision) {
      const [rows] = await connection.write([saveDocument(key, value, ifRevision)]);
      const [row] = rows ?? [];
      return row ? z.int().parse(row['revision']) : null;
    },
    erase: (range) =>
      inTurn(async () => {
        const { cameraIds, fromUs, untilUs } = range;
        if (cameraIds.length === 0 || !(fromUs < untilUs)) {
          throw new HistoryStoreError(
            'INVALID',
            'erase: expected at least one camera, and a range with its end behind its begin',
          );
        }
        const where = conditions();
        where.addIn('camera_id', cameraIds);
        where.add('start_us < ?', untilUs);
        where.add('end_us >= ?', fromUs);
        const erasures = cameraIds.map((cameraId) => [cameraId, fromUs, untilUs] as const);
        const [erased] = await connection.write([
          { text: `DELETE FROM appearances${where.where()} RETURNING id`, params: where.params },
          ...insertRows('erasures', ['camera_id', 'from_us', 'until_us'], erasures, 'ON CONFLICT DO NOTHING'),
        ]);
        await connection.tidy();
        return erased?.length ?? 0;
      }),
    maintain: (policy, nowUs) => maintain(connection, policy, nowUs),
    close: () => inTurn(() => connection.close()),
  };
}

function batchStatements(dialect: Dialect, batch: HistoryBatch, erasures: readonly Erasure[]): Statement[] {
  const appearances = (batch.appearances ?? []).map((given) => ({
    given,
    left: outsideErasures(given, erasures),
  }));
  const left = appearances.flatMap((appearance) => appearance.left ?? []);
  const erased = appearances.filter((appearance) => appearance.left === null);
  return [
    ...erased.map(({ given }) => ({ text: 'DELETE FROM appearances WHERE id = $1', params: [given.id] })),
    ...writeAppearances(left),
    ...writeThumbnails(batch.thumbnails ?? [], dialect),
    ...writeSamples(batch.samples ?? [], secondUs),
    ...writeDecisions(batch.decisions ?? []),
    ...writeOutcomes(batch.outcomes ?? []),
    ...insertRows(
      'audit_log',
      ['id', 'at_us', 'actor', 'action', 'subject'],
      lastOfEach(batch.audit ?? [], ({ id }) => id).map((a) => [a.id, a.atUs, a.actor, a.action, a.subject]),
      'ON CONFLICT DO NOTHING',
    ),
    ...writeDocuments(batch.documents ?? []),
  ];
}

async function erasuresOf(connection: SqlConnection, appearances: readonly Appearance[]): Promise<Erasure[]> {
  if (appearances.length === 0) return [];
  const where = conditions();
  where.addIn('camera_id', [...new Set(appearances.map(({ cameraId }) => cameraId))]);
  const rows = await connection.read({
    text: `SELECT camera_id, from_us, until_us FROM erasures${where.where()} ORDER BY from_us`,
    params: where.params,
  });
  return rows.map((row) => {
    const { camera_id: cameraId, from_us: fromUs, until_us: untilUs } = erasureSchema.parse(row);
    return { cameraId, fromUs, untilUs };
  });
}

const erasureSchema = z.object({ camera_id: z.string(), from_us: z.int(), until_us: z.int() });
const auditSchema = z.object({
  id: z.string(),
  at_us: z.int(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
});

function auditOf(row: Row): AuditEntry {
  const { at_us: atUs, ...entry } = auditSchema.parse(row);
  return { ...entry, atUs };
}

/** A page of a table that is ordered by (at_us, id). */
function selectPage(
  table: string,
  selected: string,
  query: TimeQuery,
  filters: Readonly<Record<string, string | undefined>> = {},
): Statement {
  checkPage(query);
  const where = conditions();
  for (const [column, value] of Object.entries(filters))
    if (value !== undefined) where.add(`${column} = ?`, value);
  if (query.fromUs !== undefined) where.add('at_us >= ?', query.fromUs);
  if (query.untilUs !== undefined) where.add('at_us < ?', query.untilUs);
  if (query.cursor !== undefined) {
    const { atUs, id } = decodeCursor(query.cursor);
    where.add('(at_us, id) < (?, ?)', atUs, id);
  }
  const text = `SELECT ${selected} FROM ${table}${where.where()}
    ORDER BY at_us DESC, id DESC LIMIT ${where.param(query.limit + 1)}`;
  return { text, params: where.params };
}

function checkPage({ limit }: TimeQuery): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new HistoryStoreError('INVALID', `limit ${limit}: expected 1 to 1000`);
}

/** @param found one more than the limit where there is a next page */
function pageOf<T>(
  found: readonly T[],
  limit: number,
  position: (item: T) => { atUs: number; id: string },
): Page<T> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? encodeCursor(position(last)) : null };
}

/** One after the other: nothing may be written between a look at the erasures and what follows from it. */
function createTurns(): <T>(turn: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (turn) => {
    const done = last.then(turn);
    last = done.catch(() => {});
    return done;
  };
}
