import type { EventMessage, FrameId } from '@framegate/contracts';
import { asBackfill, backfillTopic, frameIdOf, siteOf } from '@framegate/contracts';
import type { Producer } from '@framegate/message-bus';
import { BusError } from '@framegate/message-bus';
import { abortableDelay } from '@framegate/service-kit';
import type { SpoolRecord } from '@framegate/spool';
import type { FrameSpool } from './frame-spool.ts';
import type { SiteAccounts } from './site-accounts.ts';
import type { Envelope } from './stored-message.ts';
import { parseEnvelope } from './stored-message.ts';

export interface BackfillOptions {
  readonly spool: FrameSpool;
  readonly accounts: SiteAccounts;
  readonly producer: Producer;
  /** Whether live frames leave room for others now. */
  readonly mayBackfill: () => boolean;
  readonly bytesPerSecond: number;
  readonly nowUs: () => number;
  readonly onTrouble: (message: string, error?: unknown) => void;
}

export interface Backfill {
  /** What was not acknowledged stays in the spool. */
  close(): Promise<void>;
}

const askAgainMs = 100;
const retryMs = 1000;

/**
 * Sends what is in the spool, oldest first and one frame at a time: so a camera's frames stay in order, at most one
 * frame's transmission stands in a live frame's way, and no more is sent twice after a crash.
 */
export function startBackfill(options: BackfillOptions): Backfill {
  const { spool, accounts, producer } = options;
  const closing = new AbortController();
  const { signal } = closing;

  const finish = async (record: SpoolRecord, frame: FrameId | undefined, sent: boolean): Promise<void> => {
    await spool.records.release(record.index);
    if (!frame) return options.onTrouble('a record of the spool holds no frame and was passed over');
    const fate = sent ? 'backfilled' : 'discarded:tooLarge';
    accounts.of(frame).spooledEnded(frame.seq, fate, sent ? record.body.length : 0);
  };
  const sendOne = async (record: SpoolRecord): Promise<void> => {
    const envelope = parseEnvelope(record.meta);
    const frame = envelope && frameIdOf(envelope.headers);
    if (!envelope || !frame) return finish(record, undefined, false);
    try {
      await producer.send(
        backfillTopic(siteOf(frame.cameraId)),
        messageOf(envelope, record, options.nowUs()),
      );
    } catch (error) {
      if (!(error instanceof BusError && error.code === 'MESSAGE_TOO_LARGE')) throw error;
      return finish(record, frame, false);
    }
    await finish(record, frame, true);
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      const [record] = options.mayBackfill() ? await spool.records.peek() : [];
      if (!record) {
        await abortableDelay(askAgainMs, signal);
        continue;
      }
      const startedMs = performance.now();
      await sendOne(record);
      const dueMs = (record.body.length / options.bytesPerSecond) * 1000;
      await abortableDelay(Math.max(0, startedMs + dueMs - performance.now()), signal);
    }
  };
  const runOn = async (): Promise<void> => {
    while (!signal.aborted)
      await run().catch(async (error: unknown) => {
        if (signal.aborted) return;
        options.onTrouble('backfill is held up', error);
        await abortableDelay(retryMs, signal);
      });
  };
  const running = runOn();
  return {
    async close() {
      closing.abort();
      await producer.close({ drainTimeoutMs: 0 });
      await running;
    },
  };
}

function messageOf(
  { key, headers, partition }: Envelope,
  { body }: SpoolRecord,
  nowUs: number,
): EventMessage & { partition?: number } {
  return {
    key,
    headers: asBackfill(headers, nowUs),
    body,
    ...(partition === undefined ? {} : { partition }),
  };
}
