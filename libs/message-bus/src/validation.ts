import { BusError } from './bus-error.ts';
import type { SubscribeOptions, TopicSpec } from './port.ts';

/** Kafka's rule for topic names. */
const TOPIC_NAME = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/;

/** @throws BusError `INVALID_ARGUMENT` */
export function validateTopic({ name, partitions }: TopicSpec): void {
  if (!TOPIC_NAME.test(name)) {
    throw invalid(
      `Topic name "${name}" is not 1 to 249 letters, digits, dots, underscores or hyphens. Rename it.`,
    );
  }
  assertPositiveInteger(partitions, `the partitions of topic ${name}`);
}

/** @throws BusError `INVALID_ARGUMENT` */
export function validateSubscription({ topics, concurrency, maxAttempts }: SubscribeOptions): void {
  if (topics.length === 0)
    throw invalid('A subscription needs at least one topic name or RegExp; it has none.');
  if (concurrency !== undefined) assertPositiveInteger(concurrency, 'concurrency');
  if (maxAttempts !== undefined) assertPositiveInteger(maxAttempts, 'maxAttempts');
}

function assertPositiveInteger(value: number, name: string): void {
  if (Number.isSafeInteger(value) && value > 0) return;
  throw invalid(`Expected a positive integer as ${name}, got ${value}.`);
}

function invalid(message: string): BusError {
  return new BusError('INVALID_ARGUMENT', message);
}
