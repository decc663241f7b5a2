import {
  type LaneTarget,
  type PendingMessage,
  type ProducerTransport,
  settledWithin,
  type TopicLayout,
} from '@framegate/message-bus';
import type { Kafka } from 'kafkajs';
import { LaneWriter } from './lane-writer.ts';
import { Patience } from './patience.ts';
import type { TopicAdmin } from './topic-admin.ts';

const DISCONNECT_TIMEOUT_MS = 1000;

/** Stores what the lanes of one producer send. */
export class KafkaTransport implements ProducerTransport {
  readonly #kafka: Kafka;
  readonly #topics: TopicAdmin;
  readonly #patience: Patience;
  readonly #closing = new AbortController();
  readonly #writers = new Map<string, LaneWriter>();

  constructor(kafka: Kafka, topics: TopicAdmin, random: () => number) {
    this.#kafka = kafka;
    this.#topics = topics;
    this.#patience = new Patience(this.#closing.signal, random);
  }

  layout(topic: string): Promise<TopicLayout> {
    return this.#topics.layout(topic);
  }

  write = (target: LaneTarget, pending: readonly PendingMessage[]): Promise<bigint> => {
    const lane = `${target.topic} ${target.partition}`;
    let writer = this.#writers.get(lane);
    if (!writer) {
      writer = new LaneWriter(this.#kafka, this.#patience);
      this.#writers.set(lane, writer);
    }
    return writer.write(target, pending);
  };

  async close(): Promise<void> {
    this.#closing.abort();
    const closed = Promise.all([...this.#writers.values()].map((writer) => writer.close()));
    await settledWithin(closed, DISCONNECT_TIMEOUT_MS);
  }
}
