import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Row, SqlValue, Statement } from '../sql/connection.ts';
import type { SqliteCall, SqliteSettings } from './sqlite-requests.ts';

/** Blocks its thread while SQLite works. */
export interface SqliteDatabase {
  /** Opens the file where it is not open. @throws Error with SQLite's `errcode` */
  run(call: SqliteCall): Row[][];
}

const inMemory = ':memory:';

/** SQLITE_CANTOPEN, as if SQLite had noticed by itself. */
const goneCode = 14;

export function createSqliteDatabase(settings: SqliteSettings): SqliteDatabase {
  let opened: { readonly database: DatabaseSync; readonly inode: number } | undefined;

  const close = (): void => {
    opened?.database.close();
    opened = undefined;
  };
  const ensureOpen = (): DatabaseSync => {
    // SQLite goes on writing into a file that was deleted, and nobody would see any of it again.
    if (opened && inodeOf(settings.path) !== opened.inode) {
      close();
      throw Object.assign(new Error('the file was deleted or replaced'), { errcode: goneCode });
    }
    if (!opened) {
      const database = open(settings);
      opened = { database, inode: inodeOf(settings.path) };
    }
    return opened.database;
  };

  return {
    run(call) {
      if (call.kind === 'close') {
        close();
        return [];
      }
      const database = ensureOpen();
      switch (call.kind) {
        case 'read':
          return call.statements.map((statement) => execute(database, statement));
        case 'write':
          return inTransaction(database, call.statements);
        case 'tidy':
          // Deleted rows are overwritten in the file (`secure_delete`); the log forgets them here.
          database.exec('PRAGMA optimize; PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)');
          return [];
        case 'usedBytes':
          return [
            execute(database, {
              text: `SELECT (page_count - freelist_count) * page_size AS bytes
                FROM pragma_page_count, pragma_freelist_count, pragma_page_size`,
            }),
          ];
      }
    },
  };
}

function open({ path, lockTimeoutMs }: SqliteSettings): DatabaseSync {
  if (path !== inMemory) mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: lockTimeoutMs });
  // NORMAL: a power cut may cost the last moments and never the consistency of what is there (sqlite.org/wal.html).
  database.exec(`
    PRAGMA auto_vacuum = INCREMENTAL;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA cache_size = -32000;
    PRAGMA journal_size_limit = 67108864`);
  return database;
}

function inTransaction(database: DatabaseSync, statements: readonly Statement[]): Row[][] {
  // At once, as a reader that becomes a writer may fail without any waiting.
  database.exec('BEGIN IMMEDIATE');
  try {
    const rows = statements.map((statement) => execute(database, statement));
    database.exec('COMMIT');
    return rows;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** By position: SQLite finds each name by a search through all of them, which takes seconds for a large batch. */
function execute(database: DatabaseSync, { text, params = [] }: Statement): Row[] {
  const values: SqlValue[] = [];
  const positional = text.replaceAll(/\$(\d+)/g, (_, number) => {
    values.push(params[Number(number) - 1] ?? null);
    return '?';
  });
  return database.prepare(positional).all(...values);
}

function inodeOf(path: string): number {
  return path === inMemory ? 0 : (statSync(path, { throwIfNoEntry: false })?.ino ?? -1);
}
