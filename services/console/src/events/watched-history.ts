import type { HistoryStore } from '@framegate/history-store';
import { HistoryStoreError } from '@framegate/history-store';

export interface WatchedHistory {
  readonly store: HistoryStore;
  /** What is wrong with the history, for people; undefined while it answers. */
  trouble(): string | undefined;
}

/** The store, with what its last call came to. */
export function watchHistory(store: HistoryStore): WatchedHistory {
  let trouble: string | undefined;
  const watch =
    <A extends unknown[], T>(call: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      try {
        const result = await call(...args);
        trouble = undefined;
        return result;
      } catch (error) {
        if (error instanceof HistoryStoreError && error.code !== 'INVALID' && error.code !== 'CLOSED')
          trouble = troubles[error.code];
        throw error;
      }
    };
  return {
    trouble: () => trouble,
    store: {
      write: watch(store.write),
      findAppearances: watch(store.findAppearances),
      appearance: watch(store.appearance),
      thumbnail: watch(store.thumbnail),
      series: watch(store.series),
      decisions: watch(store.decisions),
      auditLog: watch(store.auditLog),
      readDocument: watch(store.readDocument),
      writeDocument: watch(store.writeDocument),
      erase: watch(store.erase),
      maintain: watch(store.maintain),
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
