import { Worker } from 'node:worker_threads';
import { HistoryStoreError } from '../history-store-error.ts';
import type { Row } from '../sql/connection.ts';
import { sqliteError } from './sqlite-error.ts';
import type { SqliteCall, SqliteReply, SqliteRequest, SqliteSettings } from './sqlite-requests.ts';

/** Calls to the thread that has the database; it is started by the first call, and again after it died. */
export interface SqliteThread {
  call(call: SqliteCall): Promise<Row[][]>;
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (rows: Row[][]) => void;
  readonly reject: (error: Error) => void;
}

export function createSqliteThread(settings: SqliteSettings): SqliteThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let calls = 0;
  let closed = false;

  const start = (): Worker => {
    const started = new Worker(new URL('sqlite-worker.ts', import.meta.url), { workerData: settings });
    started.on('message', (reply: SqliteReply) => {
      const waits = waiting.get(reply.id);
      waiting.delete(reply.id);
      if ('rows' in reply) waits?.resolve(reply.rows);
      else waits?.reject(sqliteError(settings, reply));
    });
    const died = (reason: string): void => {
      if (worker !== started) return;
      worker = undefined;
      const error = new HistoryStoreError(
        'UNAVAILABLE',
        `history ${settings.path}: its thread ended: ${reason}`,
      );
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    started.on('error', (error) => died(error instanceof Error ? error.message : String(error)));
    started.on('exit', (code) => died(`exit code ${code}`));
    return started;
  };
  const send = (call: SqliteCall): Promise<Row[][]> =>
    new Promise((resolve, reject) => {
      worker ??= start();
      calls += 1;
      waiting.set(calls, { resolve, reject });
      worker.postMessage({ id: calls, call } satisfies SqliteRequest);
    });

  return {
    async call(call) {
      if (closed) throw new HistoryStoreError('CLOSED', `history ${settings.path} is closed`);
      return send(call);
    },
    async close() {
      if (closed) return;
      closed = true;
      const last = worker;
      if (!last) return;
      // Behind what was asked before, so that a last write is done.
      await send({ kind: 'close' });
      await last.terminate();
    },
  };
}
