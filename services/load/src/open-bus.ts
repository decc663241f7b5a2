import { startTestBroker, whyNoTestBroker } from '@framegate/kafka-local';
import type { MessageBus } from '@framegate/message-bus';
import { InProcessBroker, InProcessBus } from '@framegate/message-bus';
import { createKafkaBus, parseKafkaEnvironment } from '@framegate/message-bus-kafka';

export interface RunBus {
  /** A client of its own on the same bus. */
  connect(clientId: string): MessageBus;
  /** For other clients; none in memory. */
  readonly brokers: readonly string[];
  stop(): Promise<void>;
}

/** The in-process bus, or Kafka: at `KAFKA_BROKERS`, else a broker of the run's own. */
export async function openBus(name: 'memory' | 'kafka'): Promise<RunBus> {
  if (name === 'memory') {
    const broker = new InProcessBroker();
    return { connect: () => new InProcessBus({ broker }), brokers: [], stop: async () => {} };
  }
  if (process.env['KAFKA_BROKERS']) {
    const kafka = parseKafkaEnvironment(process.env);
    const { brokers } = kafka;
    return { connect: (clientId) => createKafkaBus({ ...kafka, clientId }), brokers, stop: async () => {} };
  }
  const missing = whyNoTestBroker();
  if (missing) throw new Error(`${missing}; KAFKA_BROKERS names any other broker`);
  const broker = await startTestBroker();
  return {
    connect: (clientId) => createKafkaBus({ brokers: broker.brokers, clientId }),
    brokers: broker.brokers,
    stop: () => broker.stop(),
  };
}
