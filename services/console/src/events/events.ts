import type { EventRecorder, EventRecorderOptions } from '@framegate/event-recorder';
import { startEventRecorder } from '@framegate/event-recorder';
import type { HistoryStore, RetentionPolicy } from '@framegate/history-store';
import { HistoryStoreError } from '@framegate/history-store';
import type { MessageBus } from '@framegate/message-bus';
import type { Logger } from '@framegate/service-kit';
import { limitRepeats, startTicker } from '@framegate/service-kit';
import type { Audit } from './audit.ts';
import { createAudit } from './audit.ts';

/** What happened, as far as the history has it. */
export interface Events {
  readonly store: HistoryStore;
  readonly audit: Audit;
  readonly recorder: EventRecorder;
  /** What is wrong with the history, for people; undefined while it answers. */
  trouble(): string | undefined;
  close(): Promise<void>;
}

export interface EventsOptions {
  readonly bus: MessageBus;
  /** Its owner closes it. */
  readonly store: HistoryStore;
  readonly retention: RetentionPolicy;
  /** Consoles of one group share the cameras. */
  readonly group?: string;
  readonly nowUs: () => number;
  readonly logger: Logger;
  readonly onChange?: EventRecorderOptions['onChange'];
}

const maintainEveryMs = 60_000;

/** Writes down who is seen, and keeps the history within its bounds. Live pictures don't depend on any of it. */
export async function startEvents(options: EventsOptions): Promise<Events> {
  const { bus, nowUs, retention } = options;
  const repeated = limitRepeats(options.logger, () => performance.now());
  const onTrouble = (error: unknown): void => repeated.warn({ err: error }, 'the history does not take it');
  const { store, trouble } = watched(options.store);
  const recorder = await startEventRecorder(bus, {
    store,
    nowUs,
    onTrouble,
    ...(options.group !== undefined && { group: options.group }),
    ...(options.onChange && { onChange: options.onChange }),
  });
  const maintaining = startTicker(
    maintainEveryMs,
    async () => {
      await store.maintain(retention, nowUs());
    },
    onTrouble,
  );
  return {
    store,
    audit: createAudit(store, nowUs, onTrouble),
    recorder,
    trouble,
    async close() {
      await maintaining.stop();
      await recorder.close();
    },
  };
}

/** The store, with what its last call came to. */
function watched(store: HistoryStore): { store: HistoryStore; trouble: () => string | undefined } {
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
