import { topicNames } from '@framegate/contracts';
import type { MessageBus } from '@framegate/message-bus';
import { BusError } from '@framegate/message-bus';
import { createKafkaBus, parseKafkaEnvironment } from '@framegate/message-bus-kafka';
import { auditTopics } from '@framegate/run-observer';
import type { Environment } from '@framegate/service-kit';
import { ConfigError } from '@framegate/service-kit';
import type { Output } from '../terminal/output.ts';
import { auditLines } from './audit-lines.ts';
import type { AuditFlags } from './command.ts';

/** Its exit code: 1 when there is a complaint. @throws {ConfigError} for wrong settings */
export async function runAudit(flags: AuditFlags, env: Environment, stdout: Output): Promise<number> {
  const connection = connectionOf(
    flags.brokers === undefined ? env : { ...env, KAFKA_BROKERS: flags.brokers },
  );
  const bus = createKafkaBus({ ...connection, clientId: 'framegate-audit' });
  try {
    await checkTopics(bus, connection.brokers.join(','), flags.wait);
    const audit = await auditTopics(bus, !flags.running);
    stdout.write(flags.json ? `${JSON.stringify(audit, null, 2)}\n` : `${auditLines(audit).join('\n')}\n`);
    return audit.complaints.length === 0 ? 0 : 1;
  } finally {
    await bus.close();
  }
}

function connectionOf(env: Environment) {
  if (!env['KAFKA_BROKERS'])
    throw new ConfigError(['KAFKA_BROKERS is not set: set it, or give --brokers host:port']);
  try {
    return parseKafkaEnvironment(env);
  } catch (error) {
    if (error instanceof BusError) throw new ConfigError([error.message]);
    throw error;
  }
}

/** A bus keeps trying for ever; a person at a terminal is told after a while. */
async function checkTopics(bus: MessageBus, brokers: string, waitSeconds: number): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`no Kafka answers at ${brokers} within ${waitSeconds} s`)),
    waitSeconds * 1000,
  );
  try {
    const present = await Promise.race([bus.topics(), late.promise]);
    const needed = [topicNames.outcomes, topicNames.detections, topicNames.quarantine];
    const missing = needed.filter((name) => !present.includes(name));
    if (missing.length > 0)
      throw new Error(`${brokers} has no topic ${missing.join(', ')}: no Framegate has run on it yet`);
  } finally {
    clearTimeout(timer);
  }
}
