import { Kafka, logLevel } from 'kafkajs';
import type { Transport, TransportTask } from './transport.ts';

/** As its documentation shows it: `send` not awaited, `eachMessage`. */
export const openKafkajs = (task: TransportTask): Promise<Transport> => open(task, {});

/** As safe as ours: idempotent, one request under way. */
export const openIdempotentKafkajs = (task: TransportTask): Promise<Transport> =>
  open(task, { idempotent: true, maxInFlightRequests: 1 });

async function open(
  { brokers, topic, partitions, onMessage }: TransportTask,
  options: { readonly idempotent?: boolean; readonly maxInFlightRequests?: number },
): Promise<Transport> {
  const kafka = new Kafka({ clientId: 'bench-kafkajs', brokers: [...brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: partitions }], waitForLeaders: true });
  await admin.disconnect();
  const producer = kafka.producer(options);
  await producer.connect();
  const consumer = kafka.consumer({ groupId: topic });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const joined = new Promise<void>((resolve) => {
    consumer.on(consumer.events.GROUP_JOIN, () => resolve());
  });
  await consumer.run({
    partitionsConsumedConcurrently: partitions,
    eachMessage: async ({ message }) => onMessage(Number(message.headers?.['sent']?.toString())),
  });
  await joined;
  return {
    send: (partition, sentAtMs, body) =>
      producer.send({
        topic,
        messages: [
          { partition, key: 'camera', headers: { sent: String(sentAtMs) }, value: Buffer.from(body) },
        ],
      }),
    async close() {
      await consumer.disconnect();
      await producer.disconnect();
    },
  };
}
