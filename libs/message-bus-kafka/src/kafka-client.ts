import { Kafka, type LogEntry, logLevel } from 'kafkajs';
import { ClientSockets } from './client-sockets.ts';
import type { KafkaLogger, KafkaSettings } from './options.ts';

/**
 * kafkajs's own attempts. With its defaults a consumer crashes in an outage and then waits for its old session; with
 * these it resumes within 2 s of the broker's return. All fields are given, because kafkajs has other defaults under test.
 */
export const RETRY = { retries: 30, maxRetryTime: 1000, initialRetryTime: 200, factor: 0.2, multiplier: 2 };

/** For questions that are asked again from outside: kafkajs would go on trying to connect after nobody waits any more. */
export const ASK_ONCE: typeof RETRY = { ...RETRY, retries: 0 };

export function createKafkaClient(
  settings: KafkaSettings,
  retry: typeof RETRY,
  sockets = new ClientSockets(),
): Kafka {
  return new Kafka({
    brokers: [...settings.brokers],
    clientId: settings.clientId,
    connectionTimeout: settings.probeTimeoutMs,
    requestTimeout: settings.requestTimeoutMs,
    retry,
    socketFactory: sockets.open,
    ...(settings.ssl !== undefined && { ssl: settings.ssl }),
    ...(settings.sasl && { sasl: saslOf(settings.sasl) }),
    logLevel: settings.logger ? logLevel.WARN : logLevel.NOTHING,
    logCreator: () => (entry) => settings.logger && write(settings.logger, entry),
  });
}

/** kafkajs types each mechanism on its own. */
function saslOf({ mechanism, username, password }: NonNullable<KafkaSettings['sasl']>) {
  const credentials = { username, password };
  if (mechanism === 'plain') return { mechanism, ...credentials };
  if (mechanism === 'scram-sha-256') return { mechanism, ...credentials };
  return { mechanism, ...credentials };
}

/** kafkajs doubts that a bounded number of attempts keeps frames; `LaneWriter` repeats a request until it is answered. */
const answeredDoubt = 'Limiting retries for the idempotent producer';

function write(logger: KafkaLogger, { level, namespace, log: { message, ...fields } }: LogEntry): void {
  if (message.startsWith(answeredDoubt)) return;
  // kafkajs calls each failed attempt and each answer that it will ask for again an error; only what ends there is one.
  const isRetried = fields['retryCount'] !== undefined || namespace === 'Connection';
  const method = level === logLevel.ERROR && !isRetried ? 'error' : 'warn';
  logger[method]({ component: 'kafkajs', namespace, ...fields }, message);
}
