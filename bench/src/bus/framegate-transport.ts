import type { MessageBus } from '@framegate/message-bus';
import { InProcessBus } from '@framegate/message-bus';
import { createKafkaBus } from '@framegate/message-bus-kafka';
import type { Transport, TransportTask } from './transport.ts';

/** As the services use it: idempotent, one request at a time for each partition. */
export const openFramegate = (task: TransportTask): Promise<Transport> =>
  overBus(createKafkaBus({ brokers: [...task.brokers], clientId: 'bench-framegate' }), task);

export const openInProcess = (task: TransportTask): Promise<Transport> => overBus(new InProcessBus(), task);

async function overBus(bus: MessageBus, { topic, partitions, onMessage }: TransportTask): Promise<Transport> {
  await bus.ensureTopics([{ name: topic, partitions }]);
  const producer = await bus.producer();
  const subscription = await bus.subscribe({
    topics: [topic],
    group: null,
    from: 'earliest',
    concurrency: 8,
    handler: async ({ headers }) => onMessage(Number(headers['sent'])),
  });
  await subscription.caughtUp();
  return {
    send: (partition, sentAtMs, body) =>
      producer.send(topic, { key: 'camera', headers: { sent: String(sentAtMs) }, body, partition }),
    close: () => bus.close(),
  };
}
