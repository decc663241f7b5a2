import type { HistoryStoreErrorCode } from '../history-store-error.ts';
import { HistoryStoreError } from '../history-store-error.ts';
import type { SqliteSettings } from './sqlite-requests.ts';

/** SQLite's primary result codes (sqlite.org/rescode.html), as what they mean here and what to do about it. */
const meanings = new Map<number, readonly [HistoryStoreErrorCode, string]>([
  [5, ['LOCKED', 'another process holds it: end that one, or give each its own file']],
  [6, ['LOCKED', 'it is locked: end the other process that uses it']],
  [8, ['UNAVAILABLE', 'it may only be read: make file and folder writable']],
  [10, ['UNAVAILABLE', 'the disk does not answer as it should: look at the system log']],
  [11, ['CORRUPT', 'it is damaged: move the file away and a new one begins']],
  [13, ['FULL', 'the disk is full: free some space, or let the history have less']],
  [14, ['UNAVAILABLE', 'the file is gone or may not be opened: make its folder writable']],
  [19, ['INVALID', 'what was written does not fit: a field has no value, or one of another kind']],
  [26, ['CORRUPT', 'it is no SQLite database: move the file away, or name another']],
]);

export function sqliteError(
  { path, lockTimeoutMs }: SqliteSettings,
  { message, sqliteCode }: { readonly message: string; readonly sqliteCode: number | undefined },
): HistoryStoreError {
  const meaning = sqliteCode === undefined ? undefined : meanings.get(sqliteCode % 256);
  const [code, advice] = meaning ?? ['UNAVAILABLE', undefined];
  const waited = code === 'LOCKED' ? ` after ${lockTimeoutMs} ms` : '';
  return new HistoryStoreError(code, `history ${path}: ${message}${waited}${advice ? ` (${advice})` : ''}`);
}
