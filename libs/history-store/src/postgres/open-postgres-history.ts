import { redactUrl } from '@framegate/service-kit';
import type { PoolClient } from 'pg';
import { Pool, TypeOverrides, types } from 'pg';
import { z } from 'zod';
import type { HistoryStore } from '../port.ts';
import { HistoryStoreError } from '../history-store-error.ts';
import type { SqlConnection, Statement } from '../sql/connection.ts';
import { createSqlHistoryStore } from '../sql/sql-history-store.ts';
import { whenMigrated } from '../sql/when-migrated.ts';
import { postgresError } from './postgres-error.ts';

export interface PostgresHistoryOptions {
  /** `postgres://user:password@host:port/database`, or with `?host=/folder` for a socket. */
  readonly url: string;
  /** After which a call fails while PostgreSQL does not answer, ms. */
  readonly timeoutMs?: number;
  readonly maxConnections?: number;
}

/** Any number that all of our processes have in common, and hardly anybody else. */
const migrationLock = 7_221_634_501;

/** Times in µs are less than 2^53. */
const numbers = new TypeOverrides();
numbers.setTypeParser(types.builtins.INT8, Number);

/** The history in PostgreSQL, for several consoles at once. Connects by the first call, and again after it was away. */
export function openPostgresHistory(options: PostgresHistoryOptions): HistoryStore {
  return createSqlHistoryStore(whenMigrated(connectPostgres(options)));
}

function connectPostgres({
  url,
  timeoutMs = 5000,
  maxConnections = 4,
}: PostgresHistoryOptions): SqlConnection {
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: timeoutMs,
    statement_timeout: timeoutMs,
    query_timeout: timeoutMs + 1000,
    lock_timeout: timeoutMs,
    application_name: 'framegate-history',
    types: numbers,
  });
  // A connection that breaks while nobody uses it: the next call makes another.
  pool.on('error', () => {});
  let closed = false;

  const withClient = async <T>(use: (client: PoolClient) => Promise<T>): Promise<T> => {
    if (closed) throw new HistoryStoreError('CLOSED', `history ${redactUrl(url)} is closed`);
    let client: PoolClient | undefined;
    try {
      client = await pool.connect();
      const result = await use(client);
      client.release();
      return result;
    } catch (error) {
      // Whatever it was in the middle of ends with the connection.
      client?.release(true);
      throw postgresError(url, error);
    }
  };
  const read: SqlConnection['read'] = (statement) => withClient((client) => run(client, statement));

  return {
    dialect: {
      blobType: 'BYTEA',
      integerType: 'BIGINT',
      realType: 'DOUBLE PRECISION',
      lockMigrations: [{ text: `SELECT pg_advisory_xact_lock(${migrationLock})` }],
    },
    read,
    write: (statements) =>
      withClient(async (client) => {
        await client.query('BEGIN');
        const rows = [];
        for (const statement of statements) rows.push(await run(client, statement));
        await client.query('COMMIT');
        return rows;
      }),
    // Its own vacuum does that.
    tidy: async () => {},
    async usedBytes() {
      // What rows take with their indexes, roughly: tables don't shrink before a vacuum.
      const [row] = await read({
        text: `SELECT (SELECT coalesce(sum(octet_length(jpeg) + 150), 0) FROM thumbnails)
          + (SELECT count(*) FROM appearances) * 800
          + (SELECT coalesce(sum(octet_length(summary) + 200), 0) FROM samples) AS bytes`,
      });
      return z.object({ bytes: z.coerce.number() }).parse(row).bytes;
    },
    async close() {
      if (closed) return;
      closed = true;
      await pool.end();
    },
  };
}

async function run(client: PoolClient, { text, params = [] }: Statement): Promise<Record<string, unknown>[]> {
  const values = params.map((value) => (value instanceof Uint8Array ? Buffer.from(value) : value));
  const { rows } = await client.query<Record<string, unknown>>(text, values);
  return rows;
}
