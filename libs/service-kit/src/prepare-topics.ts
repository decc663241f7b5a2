import { setTimeout as delay } from 'node:timers/promises';
import type { Health } from './health.ts';
import type { Logger } from './logger.ts';
import { redactUrl } from './redact.ts';

/** What a person mends at the broker, while this service waits for it. */
const mendable = new Set<unknown>(['AUTHENTICATION', 'AUTHORIZATION', 'TOPIC_UNFIT']);
const retryMs = 2000;

interface PrepareOptions<Spec> {
  readonly bus: { ensureTopics(specs: readonly Spec[]): Promise<void> };
  readonly topics: readonly Spec[];
  readonly health: Pick<Health<'bus'>, 'ready' | 'notReady'>;
  readonly logger: Pick<Logger, 'info' | 'error'>;
  /** Before the next attempt. */
  readonly pause?: () => Promise<unknown>;
}

/**
 * Creates the topics that are missing, and waits where the broker refuses this service or has topics that can't do:
 * log and readiness say what is to be mended, once, and the service starts by itself when it is.
 * @throws what no mending at the broker would cure
 */
export async function prepareTopics<Spec>({
  bus,
  topics,
  health,
  logger,
  pause = async () => delay(retryMs),
}: PrepareOptions<Spec>): Promise<void> {
  let said = '';
  for (;;) {
    try {
      await bus.ensureTopics(topics);
      if (said !== '') health.ready('bus');
      if (said !== '') logger.info('message bus: mended, going on');
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && mendable.has(error.code))) throw error;
      const reason = redactUrl(error.message);
      health.notReady('bus', reason);
      if (reason !== said) logger.error(`message bus: ${reason}`);
      said = reason;
    }
    await pause();
  }
}
