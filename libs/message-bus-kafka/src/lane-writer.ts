import type { LaneTarget, PendingMessage } from '@framegate/message-bus';
import { type Kafka, Partitioners, type Producer } from 'kafkajs';
import type { Patience } from './patience.ts';
import { isTransient, toBusError } from './kafka-errors.ts';

/**
 * Writes to one partition through a kafkajs producer of its own, so that no other partition's requests hold it up
 * (kafkajs sends one idempotent request at a time to a broker).
 *
 * A request that failed may be stored all the same, and kafkajs takes its sequence number again for the next one. So the
 * very same request is repeated until it is answered: the broker then recognises it, and nothing is lost or doubled.
 */
export class LaneWriter {
  readonly #kafka: Kafka;
  readonly #patience: Patience;
  #producer: Producer | undefined;

  constructor(kafka: Kafka, patience: Patience) {
    this.#kafka = kafka;
    this.#patience = patience;
  }

  /** @returns the offset of the first message */
  async write({ topic, partition }: LaneTarget, pending: readonly PendingMessage[]): Promise<bigint> {
    const messages = pending.map(({ message }) => ({
      key: message.key,
      value: Buffer.from(message.body.buffer, message.body.byteOffset, message.body.byteLength),
      headers: message.headers,
      timestamp: String(message.timestampMs),
      partition,
    }));
    return this.#patience.until(`writing to ${topic}[${partition}]`, async () => {
      try {
        const producer = await this.#connected();
        const [result] = await producer.send({ topic, messages, acks: -1 });
        return BigInt(result?.baseOffset ?? 0);
      } catch (error) {
        if (!isTransient(toBusError(error, 'writing'))) await this.close();
        throw error;
      }
    });
  }

  /** The next write starts with a new producer, hence with new sequence numbers. */
  async close(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    await producer?.disconnect();
  }

  async #connected(): Promise<Producer> {
    if (this.#producer) return this.#producer;
    const producer = this.#kafka.producer({
      idempotent: true,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    this.#producer = producer;
    return producer;
  }
}
