import { HistoryStoreError } from '@framegate/history-store';
import { Problem } from '../server/problem.ts';

/** Answers what the history can't do as what it is: the caller's mistake, or nobody's. */
export async function fromHistory<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof HistoryStoreError)) throw error;
    if (error.code === 'INVALID') throw new Problem(400, 'Not understood', error.message);
    const detail = `the history can't be asked now (${error.code.toLowerCase()}): the console's log says why. Live pictures go on`;
    throw new Problem(503, 'No history', detail, { code: error.code });
  }
}
