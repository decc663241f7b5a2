import type { HistoryStore } from '@framegate/history-store';
import { HistoryStoreError } from '@framegate/history-store';
import type { HistoryMetrics } from '../metrics.ts';

export interface WatchedHistory {
  readonly store: HistoryStore;
  /** What is wrong with the history, for people; undefined while it answers. */
  trouble(): string | undefined;
}

/** The store, with what its last call came to. */
export function watchHistory(store: HistoryStore, metrics: HistoryMetrics): WatchedHistory {
  let trouble: string | undefined;
  const watch =
    <A extends unknown[], T>(name: string, call: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      const beginMs = performance.now();
      try {
        const result = await call(...args);
        trouble = undefined;
        return result;
      } catch (error) {
        const code = error instanceof HistoryStoreError ? error.code : 'OTHER';
        metrics.failed(name, code);
        if (code !== 'INVALID' && code !== 'CLOSED' && code !== 'OTHER') trouble = troubles[code];
        throw error;
      } finally {
        metrics.answered(name, (performance.now() - beginMs) / 1000);
      }
    };
  return {
    trouble: () => trouble,
    store: {
      write: watch('write', store.write),
      findAppearances: watch('find', store.findAppearances),
      appearance: watch('find', store.appearance),
      thumbnail: watch('thumbnail', store.thumbnail),
      series: watch('series', store.series),
      decisions: watch('decisions', store.decisions),
      auditLog: watch('audit', store.auditLog),
      queue: {
        put: watch('queue', store.queue.put),
        take: watch('queue', store.queue.take),
        hold: watch('queue', store.queue.hold),
        settle: watch('queue', store.queue.settle),
      },
      readDocument: watch('document', store.readDocument),
      writeDocument: watch('document', store.writeDocument),
      erase: watch('erase', store.erase),
      maintain: watch('maintain', store.maintain),
      close: store.close,
    },
  };
}

/** Without where it is, which is nobody's business but the log's. */
const troubles = {
  LOCKED: 'the history is locked by another process: events are shown once it is free',
  FULL: 'the disk of the history is full: no events are kept until there is space',
  UNAVAILABLE: 'the history does not answer: events are kept once it is back',
  CORRUPT: 'the history is damaged: the log says where it is',
  NEWER_SCHEMA: 'the history was written by a newer version of this program',
} as const;
