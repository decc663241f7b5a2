import type { EventMessage } from '@framegate/contracts';
import { topicNames } from '@framegate/contracts';
import type { Producer } from '@framegate/message-bus';
import { abortableDelay } from '@framegate/service-kit';
import type { Spool } from '@framegate/spool';
import { encodeEnvelope, parseEnvelope } from './stored-message.ts';

/** Tells the bus what became of frames. */
export interface FateTeller {
  /** Resolves when the messages can't be forgotten any more. */
  tell(messages: readonly EventMessage[]): Promise<void>;
  /** Waits a moment for what is under way. */
  close(withinMs: number): Promise<void>;
}

/** Straight to the bus: what it has not taken is forgotten with the process. */
export function tellAtOnce(producer: Producer): FateTeller {
  return {
    async tell(messages) {
      await Promise.all(messages.map((message) => producer.send(topicNames.outcomes, message)));
    },
    close: (withinMs) => producer.close({ drainTimeoutMs: withinMs }),
  };
}

/** Messages that go together: a distant broker acknowledges only a few times a second. */
const groupSize = 256;
const retryMs = 1000;

/**
 * Through a spool, so that what a killed process knew of its frames is told by the next one. A message may be told twice
 * after a crash, with the same id.
 */
export function tellThroughSpool(
  spool: Spool,
  producer: Producer,
  onTrouble: (error: unknown) => void,
): FateTeller {
  const closing = new AbortController();
  let more = Promise.withResolvers<void>();

  const sendOldest = async (): Promise<boolean> => {
    const records = await spool.peek(groupSize);
    const last = records.at(-1);
    if (!last) return false;
    await Promise.all(
      records.map(async ({ meta, body }) => {
        const envelope = parseEnvelope(meta);
        if (envelope) {
          const { key, headers } = envelope;
          await producer.send(topicNames.outcomes, { key, headers, body });
        } else onTrouble(new Error('a message in the journal of fates can not be read'));
      }),
    );
    await spool.release(last.index);
    return true;
  };
  const run = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      more = Promise.withResolvers();
      const sent = await sendOldest().catch(async (error: unknown) => {
        if (closing.signal.aborted) return false;
        onTrouble(error);
        await abortableDelay(retryMs, closing.signal);
        return true;
      });
      if (!sent && !closing.signal.aborted) await more.promise;
    }
  };
  const running = run();

  const keep = async (message: EventMessage): Promise<void> => {
    await spool.append(encodeEnvelope(message), message.body);
    more.resolve();
  };
  /** Whichever takes it first: the bus while the disk is full, or the disk that has room before the bus is back. */
  const sendOrKeep = async (message: EventMessage): Promise<void> => {
    const settled = new AbortController();
    const sending = producer.send(topicNames.outcomes, message).finally(() => settled.abort());
    sending.catch(() => {});
    while (await abortableDelay(retryMs, settled.signal)) {
      const isKept = await keep(message).then(
        () => true,
        () => false,
      );
      if (isKept) return;
    }
    await sending;
  };

  return {
    async tell(messages) {
      await Promise.all(
        messages.map((message) =>
          keep(message).catch((error: unknown) => {
            onTrouble(error);
            return sendOrKeep(message);
          }),
        ),
      );
    },
    async close(withinMs) {
      const deadlineMs = performance.now() + withinMs;
      while (spool.state().records > 0 && performance.now() < deadlineMs) await abortableDelay(10);
      closing.abort();
      more.resolve();
      await producer.close({ drainTimeoutMs: 0 });
      await running;
      await spool.close();
    },
  };
}
