import type { HistoryStore } from '@framegate/history-store';
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';

export type Documents = Pick<HistoryStore, 'readDocument' | 'writeDocument'>;

/** What all consoles read and change, kept in the history's store. */
export interface SharedDocument<T> {
  read(): Promise<T>;
  /** Again where another console wrote meanwhile. @returns what is kept then */
  update(next: (kept: T) => T): Promise<T>;
}

/** @param empty what it is before anybody wrote it */
export function sharedDocument<T>(
  store: Documents,
  key: string,
  schema: z.ZodType<T>,
  empty: T,
): SharedDocument<T> {
  const look = async () => {
    const document = await store.readDocument(key);
    return { revision: document?.revision ?? 0, kept: document ? schema.parse(document.value) : empty };
  };
  return {
    read: async () => (await look()).kept,
    async update(next) {
      for (;;) {
        const { revision, kept } = await look();
        const changed = next(kept);
        if (isDeepStrictEqual(changed, kept)) return kept;
        if ((await store.writeDocument(key, changed, revision)) !== null) return changed;
      }
    },
  };
}
