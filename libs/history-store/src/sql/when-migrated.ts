import { HistoryStoreError } from '../history-store-error.ts';
import type { SqlConnection } from './connection.ts';
import { migrate } from './migrations.ts';

/** The connection, migrated before its first call; and again after it was away, as what comes back may be empty. */
export function whenMigrated(connection: SqlConnection): SqlConnection {
  let migrated: Promise<void> | undefined;
  const forget = (): void => {
    migrated = undefined;
  };
  const ready = async <T>(call: () => Promise<T>): Promise<T> => {
    migrated ??= migrate(connection);
    try {
      await migrated;
    } catch (error) {
      forget();
      throw error;
    }
    try {
      return await call();
    } catch (error) {
      if (error instanceof HistoryStoreError && error.code === 'UNAVAILABLE') forget();
      throw error;
    }
  };
  return {
    ...connection,
    read: (statement) => ready(() => connection.read(statement)),
    write: (statements) => ready(() => connection.write(statements)),
    tidy: () => ready(() => connection.tidy()),
    usedBytes: () => ready(() => connection.usedBytes()),
  };
}
