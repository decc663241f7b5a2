import { constants } from 'node:os';
import { whyNoTestBroker } from '@framegate/kafka-local';

/**
 * Ends the bench with code 2 and the reason where there can be no broker.
 * @returns those that `KAFKA_BROKERS` names; undefined: one can be started
 */
export function requireBroker(bench: string): string[] | undefined {
  const given = process.env['KAFKA_BROKERS']?.split(',');
  const missing = given ? undefined : whyNoTestBroker();
  if (missing) {
    process.stderr.write(`bench ${bench}: ${missing}; KAFKA_BROKERS names any other broker\n`);
    process.exit(2);
  }
  // A broker that was started ends with the event 'exit', which a signal alone doesn't bring.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  return given;
}
