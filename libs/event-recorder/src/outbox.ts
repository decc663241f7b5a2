import type { Appearance, HistoryStore, Thumbnail } from '@framegate/history-store';
import { HistoryStoreError } from '@framegate/history-store';
import { abortableDelay } from '@framegate/service-kit';
import type { FrameMarks } from './frame-memory.ts';
import { marksKey } from './marks-key.ts';

/** What waits for the store, and is written at once: the newest of each appearance, and how far cameras were read. */
export interface Outbox {
  appearance(appearance: Appearance): void;
  thumbnails(thumbnails: readonly Thumbnail[]): void;
  /** Resolves when the store has all that was put in before, and this. */
  progress(cameraId: string, marks: FrameMarks): Promise<void>;
  /** Writes what waits, again and again until the store takes it or this is closed. */
  flush(): Promise<void>;
  /** Tries again after a while, until it works or this is closed. */
  untilItWorks<T>(attempt: () => Promise<T>): Promise<T>;
  /** From now on everything is tried once. */
  stopTrying(): void;
}

interface Waiting {
  readonly appearances: Map<string, Appearance>;
  readonly thumbnails: Map<string, Thumbnail>;
  readonly marks: Map<string, FrameMarks>;
  readonly written: PromiseWithResolvers<void>;
}

const retryMs = { initial: 200, max: 5000 };
/** So many changes are worth a transaction of their own at once. */
const fullAt = 200;

export function createOutbox(store: HistoryStore, onTrouble: (error: unknown) => void): Outbox {
  const closing = new AbortController();
  let waiting = nothing();
  let running: Promise<void> | undefined;
  let taken = 0;

  const write = async (): Promise<void> => {
    const batch = waiting;
    waiting = nothing();
    taken = 0;
    const documents = [...batch.marks].map(([cameraId, value]) => ({ key: marksKey(cameraId), value }));
    const appearances = [...batch.appearances.values()];
    const thumbnails = [...batch.thumbnails.values()];
    if (documents.length + appearances.length + thumbnails.length === 0) return batch.written.resolve();
    try {
      await untilItWorks(() => store.write({ appearances, thumbnails, documents }));
      batch.written.resolve();
    } catch (error) {
      batch.written.reject(error);
      throw error;
    }
  };
  const untilItWorks = async <T>(attempt: () => Promise<T>): Promise<T> => {
    for (let wait = retryMs.initial; ; wait = Math.min(retryMs.max, wait * 2)) {
      try {
        return await attempt();
      } catch (error) {
        // Trying again does not help what is wrong in itself.
        if (!(error instanceof HistoryStoreError) || error.code === 'INVALID' || closing.signal.aborted)
          throw error;
        onTrouble(error);
        await abortableDelay(wait, closing.signal);
      }
    }
  };
  const flush = async (): Promise<void> => {
    // Who began it is told of its failure.
    await running?.catch(() => {});
    running ??= write().finally(() => {
      running = undefined;
    });
    await running;
  };

  return {
    appearance(appearance) {
      waiting.appearances.set(appearance.id, appearance);
    },
    thumbnails(thumbnails) {
      for (const thumbnail of thumbnails) waiting.thumbnails.set(thumbnail.appearanceId, thumbnail);
    },
    async progress(cameraId, marks) {
      waiting.marks.set(cameraId, marks);
      const { written } = waiting;
      taken += 1;
      if (taken >= fullAt) flush().catch(onTrouble);
      await written.promise;
    },
    flush,
    untilItWorks,
    stopTrying: () => closing.abort(),
  };
}

function nothing(): Waiting {
  const written = Promise.withResolvers<void>();
  // Nobody may wait for it.
  written.promise.catch(() => {});
  return { appearances: new Map(), thumbnails: new Map(), marks: new Map(), written };
}
