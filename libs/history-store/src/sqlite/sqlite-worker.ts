/** The thread in which SQLite works: its calls block, and a search or a retention may take a while. */
import { parentPort, workerData } from 'node:worker_threads';
import { createSqliteDatabase } from './sqlite-database.ts';
import type { SqliteReply, SqliteRequest, SqliteSettings } from './sqlite-requests.ts';

if (parentPort === null) throw new Error('sqlite-worker.ts is started by the history store, not by hand');
const port = parentPort;
const settings: SqliteSettings = workerData;
const database = createSqliteDatabase(settings);

port.on('message', ({ id, call }: SqliteRequest) => {
  port.postMessage(answer(id, call));
  if (call.kind === 'close') port.close();
});

function answer(id: number, call: SqliteRequest['call']): SqliteReply {
  try {
    return { id, rows: database.run(call) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const sqliteCode = error instanceof Error && 'errcode' in error ? Number(error.errcode) : undefined;
    return { id, message, sqliteCode };
  }
}
