import { settledWithin, type TopicPartition } from '@framegate/message-bus';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { RETRY } from './kafka-client.ts';
import type { KafkaSettings } from './options.ts';
import { topicAwareAssigner } from './partition-assigner.ts';

/** About two frames of 100 KB: what is fetched and not yet handed out is bounded by this times the partitions. */
const MAX_BYTES_PER_PARTITION = 262_144;
/** Between two answers kafkajs sends no heartbeat and notices no rebalance; a broker with data answers at once. */
const MAX_WAIT_MS = 500;
const DISCONNECT_TIMEOUT_MS = 3000;

export interface SessionListener {
  onAssigned(memberId: string, partitions: readonly TopicPartition[]): void;
  /** The group is about to share its partitions anew: the last moment to commit under this membership. */
  onRebalancing(): void;
  onBatch(payload: EachBatchPayload): Promise<void>;
}

/** Who reads. */
export interface Member {
  readonly groupId: string;
  /** As whom an earlier session read that ended without leaving; the group would wait for its time-out otherwise. */
  readonly formerId: string | undefined;
}

/** One membership in a group: from joining until it is left or kafkajs gives up. */
export class ConsumerSession {
  readonly #consumer: Consumer;
  readonly #topics: string[];
  readonly #crash = Promise.withResolvers<never>();

  constructor(kafka: Kafka, settings: KafkaSettings, { groupId, formerId }: Member, topics: string[]) {
    this.#topics = topics;
    const consumer = kafka.consumer({
      groupId,
      ...(formerId !== undefined && { memberId: formerId }),
      sessionTimeout: settings.sessionTimeoutMs,
      rebalanceTimeout: settings.sessionTimeoutMs,
      heartbeatInterval: settings.heartbeatIntervalMs,
      maxBytesPerPartition: MAX_BYTES_PER_PARTITION,
      maxWaitTimeInMs: Math.min(MAX_WAIT_MS, settings.heartbeatIntervalMs),
      partitionAssigners: [topicAwareAssigner],
      // The subscription starts another session itself, with the topics of that moment.
      retry: { ...RETRY, restartOnFailure: async () => false },
    });
    this.#consumer = consumer;
    consumer.on(consumer.events.CRASH, ({ payload }) => this.fail(payload.error));
    this.#crash.promise.catch(() => {}); // It may come after the session was left.
  }

  /** Rejects with the reason when the session cannot go on. */
  get crashed(): Promise<never> {
    return this.#crash.promise;
  }

  fail(error: unknown): void {
    this.#crash.reject(error);
  }

  async start(listener: SessionListener): Promise<void> {
    const consumer = this.#consumer;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload: { memberId, memberAssignment } }) =>
      listener.onAssigned(memberId, partitionsOf(memberAssignment)),
    );
    consumer.on(consumer.events.REBALANCING, () => listener.onRebalancing());
    await consumer.connect();
    await consumer.subscribe({ topics: this.#topics, fromBeginning: true }); // The start is set by `seek`.
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: (payload) => listener.onBatch(payload),
    });
  }

  seek({ topic, partition }: TopicPartition, offset: bigint): void {
    this.#ifRunning(() => this.#consumer.seek({ topic, partition, offset: offset.toString() }));
  }

  async commit(offsets: readonly (TopicPartition & { offset: bigint })[]): Promise<void> {
    await this.#consumer.commitOffsets(offsets.map((each) => ({ ...each, offset: each.offset.toString() })));
  }

  /** Fetches nothing more, and stays a member. */
  pause(): void {
    this.#ifRunning(() => this.#consumer.pause(this.#topics.map((topic) => ({ topic }))));
  }

  async close(): Promise<void> {
    await settledWithin(this.#consumer.disconnect(), DISCONNECT_TIMEOUT_MS);
  }

  /** A consumer that is starting, or has crashed, refuses by throwing; it fetches nothing then. */
  #ifRunning(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.fail(error);
    }
  }
}

function partitionsOf(assignment: Readonly<Record<string, number[]>>): TopicPartition[] {
  return Object.entries(assignment).flatMap(([topic, partitions]) =>
    partitions.map((partition) => ({ topic, partition })),
  );
}
