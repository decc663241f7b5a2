import type { MaintenanceReport, RetentionPolicy } from '../port.ts';
import type { SqlConnection, Statement } from './connection.ts';
import { rollUp } from './roll-up.ts';
import { minuteUs, secondUs } from './sample-sql.ts';

/** Rows that go at once: others wait for no longer than this takes. */
const chunk = 1000;

/** A table and its oldest rows: those before a time, or simply the oldest. */
interface Aging {
  readonly table: string;
  readonly key: readonly string[];
  readonly time: string;
  readonly only?: string;
}

const appearances: Aging = { table: 'appearances', key: ['id'], time: 'start_us' };
const thumbnails: Aging = { table: 'thumbnails', key: ['appearance_id'], time: 'at_us' };
const decisions: Aging = { table: 'decisions', key: ['id'], time: 'at_us' };
const audit: Aging = { table: 'audit_log', key: ['id'], time: 'at_us' };
const queue: Aging = { table: 'queue', key: ['id'], time: 'at_us' };
const erasures: Aging = { table: 'erasures', key: ['camera_id', 'from_us', 'until_us'], time: 'until_us' };
const samples = (stepUs: number): Aging => ({
  table: 'samples',
  key: ['step_us', 'series', 'at_us', 'subject'],
  time: 'at_us',
  only: `step_us = ${stepUs}`,
});

export async function maintain(
  connection: SqlConnection,
  policy: RetentionPolicy,
  nowUs: number,
): Promise<MaintenanceReport> {
  await rollUp(connection, nowUs);
  const ages: [Aging, number][] = [
    [thumbnails, policy.thumbnailsSeconds],
    [appearances, policy.appearancesSeconds],
    [samples(secondUs), policy.secondsSeconds],
    [samples(minuteUs), policy.minutesSeconds],
    [decisions, policy.decisionsSeconds],
    [audit, policy.auditSeconds],
    [queue, policy.queueSeconds],
    [erasures, policy.appearancesSeconds],
  ];
  let expired = 0;
  for (const [aging, seconds] of ages)
    expired += await deleteBefore(connection, aging, nowUs - seconds * 1e6);
  const evicted = await evict(connection, policy.maxBytes);
  await connection.tidy();
  return { expired, evicted, bytes: await connection.usedBytes() };
}

async function deleteBefore(connection: SqlConnection, aging: Aging, beforeUs: number): Promise<number> {
  let deleted = 0;
  for (;;) {
    const some = await deleteOldest(connection, aging, beforeUs);
    deleted += some;
    if (some < chunk) return deleted;
  }
}

/** Thumbnails are what is large; without them appearances go, then measurements. What is left then is small. */
async function evict(connection: SqlConnection, maxBytes: number): Promise<number> {
  let evicted = 0;
  for (const aging of [thumbnails, appearances, samples(secondUs), samples(minuteUs)]) {
    while ((await connection.usedBytes()) > maxBytes) {
      const some = await deleteOldest(connection, aging, Number.MAX_SAFE_INTEGER);
      if (some === 0) break;
      evicted += some;
    }
  }
  return evicted;
}

async function deleteOldest(connection: SqlConnection, aging: Aging, beforeUs: number): Promise<number> {
  const [rows] = await connection.write([deleteStatement(aging, beforeUs)]);
  return rows?.length ?? 0;
}

function deleteStatement({ table, key, time, only }: Aging, beforeUs: number): Statement {
  const columns = key.join(', ');
  const where = only === undefined ? '' : `${only} AND `;
  return {
    text: `DELETE FROM ${table} WHERE (${columns}) IN (
      SELECT ${columns} FROM ${table} WHERE ${where}${time} < $1 ORDER BY ${time} LIMIT ${chunk}
    ) RETURNING 1`,
    params: [beforeUs],
  };
}
