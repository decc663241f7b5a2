import { Admin, Consumer, Producer } from '@platformatic/kafka';
import type { Transport, TransportTask } from './transport.ts';

/** At its defaults: `send` not awaited, messages as a stream. */
export async function openPlatformatic({
  brokers,
  topic,
  partitions,
  onMessage,
}: TransportTask): Promise<Transport> {
  const connection = { clientId: 'bench-platformatic', bootstrapBrokers: [...brokers] };
  const admin = new Admin(connection);
  await admin.createTopics({ topics: [topic], partitions, replicas: 1 });
  await admin.close();
  const producer = new Producer(connection);
  const consumer = new Consumer({ ...connection, groupId: topic });
  const stream = await consumer.consume({ topics: [topic], mode: 'earliest' });
  stream.on('data', ({ headers }) => onMessage(Number([...headers.values()].join())));
  stream.on('error', () => {}); // told by what is missing
  return {
    send: (partition, sentAtMs, body) =>
      producer.send({
        messages: [
          {
            topic,
            partition,
            key: camera,
            headers: new Map([[sentHeader, Buffer.from(String(sentAtMs))]]),
            value: Buffer.from(body),
          },
        ],
      }),
    async close() {
      await stream.close();
      await consumer.close(true);
      await producer.close();
    },
  };
}
const camera = Buffer.from('camera');
const sentHeader = Buffer.from('sent');
