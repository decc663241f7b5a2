import type { HistoryStore } from '../port.ts';
import type { SqlConnection } from '../sql/connection.ts';
import { createSqlHistoryStore } from '../sql/sql-history-store.ts';
import { whenMigrated } from '../sql/when-migrated.ts';
import { z } from 'zod';
import { createSqliteThread } from './sqlite-thread.ts';

export interface SqliteHistoryOptions {
  /** Of the file; it and its folder are made where they are missing. `:memory:` for a history that ends with it. */
  readonly path: string;
  /** After which a call fails while another process holds the file, ms. */
  readonly lockTimeoutMs?: number;
}

/** The history in a file of its own, for a single process: the default. Opened by the first call. */
export function openSqliteHistory(options: SqliteHistoryOptions): HistoryStore {
  return createSqlHistoryStore(whenMigrated(connectSqlite(options)));
}

export function connectSqlite({ path, lockTimeoutMs = 2000 }: SqliteHistoryOptions): SqlConnection {
  const thread = createSqliteThread({ path, lockTimeoutMs });
  return {
    dialect: { blobType: 'BLOB', integerType: 'INTEGER', realType: 'REAL', lockMigrations: [] },
    read: async (statement) => (await thread.call({ kind: 'read', statements: [statement] }))[0] ?? [],
    write: (statements) => thread.call({ kind: 'write', statements }),
    async tidy() {
      await thread.call({ kind: 'tidy' });
    },
    async usedBytes() {
      const [rows] = await thread.call({ kind: 'usedBytes' });
      return z.object({ bytes: z.number() }).parse(rows?.[0]).bytes;
    },
    close: () => thread.close(),
  };
}
