import { startTestBroker, whyNoTestBroker } from '@framegate/kafka-local';
import { describeMessageBusContract } from '@framegate/message-bus/contract-suite';
import { createKafkaBus } from '../src/index.ts';

const missing = whyNoTestBroker();
if (missing !== undefined) console.info(missing);

describeMessageBusContract(
  'Kafka',
  async () => {
    const broker = await startTestBroker();
    return {
      createBus: () =>
        createKafkaBus({ brokers: broker.brokers, clientId: 'contract', topicPollIntervalMs: 200 }),
      setAvailable: async (available) => (available ? broker.resume() : broker.pause()),
      close: () => broker.stop(),
    };
  },
  { skip: missing !== undefined },
);
