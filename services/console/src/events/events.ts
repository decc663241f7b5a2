import type { EventRecorder, EventRecorderOptions, FrameSource } from '@framegate/event-recorder';
import { startEventRecorder } from '@framegate/event-recorder';
import type { HistoryStore, RetentionPolicy } from '@framegate/history-store';
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
  close(): Promise<void>;
}

export interface EventsOptions {
  readonly bus: MessageBus;
  readonly frames: FrameSource;
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
  const { bus, store, nowUs, retention } = options;
  const repeated = limitRepeats(options.logger, () => performance.now());
  const onTrouble = (error: unknown): void => repeated.warn({ err: error }, 'the history does not take it');
  const recorder = await startEventRecorder(bus, {
    store,
    frames: options.frames,
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
    async close() {
      await maintaining.stop();
      await recorder.close();
    },
  };
}
