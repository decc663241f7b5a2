import { redactUrl } from '@framegate/service-kit';
import type { HistoryStoreErrorCode } from '../history-store-error.ts';
import { HistoryStoreError } from '../history-store-error.ts';

/** SQLSTATE, or its first two digits (postgresql.org/docs/current/errcodes-appendix.html), and what to do about it. */
const meanings = new Map<string, readonly [HistoryStoreErrorCode, string]>([
  ['53100', ['FULL', 'its disk is full: free some space, or let the history have less']],
  ['55P03', ['LOCKED', 'somebody holds what it needs: look at pg_locks']],
  ['57014', ['LOCKED', 'it took too long: look at pg_stat_activity']],
  ['40', ['LOCKED', 'others wrote the same at once: it can be tried again']],
  ['22', ['INVALID', 'what was written does not fit: a field has a value of another kind']],
  ['23', ['INVALID', 'what was written does not fit: a field has no value']],
  ['28', ['UNAVAILABLE', 'it refuses this user: look at user, password and pg_hba.conf']],
  ['3D', ['UNAVAILABLE', 'create the database']],
  ['42501', ['UNAVAILABLE', 'this user may not do that: grant it its schema']],
  ['XX', ['CORRUPT', 'it is damaged: look at its log']],
]);

export function postgresError(url: string, error: unknown): HistoryStoreError {
  if (error instanceof HistoryStoreError) return error;
  const state = error instanceof Error && 'code' in error ? String(error.code) : '';
  const [code, advice] = meanings.get(state) ??
    meanings.get(state.slice(0, 2)) ?? ['UNAVAILABLE', 'is it running, and is the address right?'];
  const reason = error instanceof Error && error.message !== '' ? error.message : state;
  return new HistoryStoreError(code, `history ${redactUrl(url)}: ${reason} (${advice})`);
}
