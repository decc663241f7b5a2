import {
  assertTopicsFit,
  BusError,
  type LogRange,
  type TopicLayout,
  type TopicPartition,
  type TopicSpec,
} from '@framegate/message-bus';
import kafkajs, { type Admin, type ConfigEntries, type ITopicConfig, type Kafka } from 'kafkajs';
import { toBusError } from './kafka-errors.ts';
import type { Patience } from './patience.ts';

/** The broker's default where its configuration may not be read. */
const DEFAULT_MAX_MESSAGE_BYTES = 1_048_588;
const INTERNAL_TOPIC = /^__(consumer_offsets|transaction_state|share_group_state|cluster_metadata)$/;

interface TopicDescription {
  readonly partitions: number;
  readonly settings: ReadonlyMap<string, string>;
  readonly ownSettings: ReadonlyMap<string, string>;
}

/** Everything that is asked about topics and offsets; waits for the cluster where it is away. */
export class TopicAdmin {
  readonly #kafka: Kafka;
  readonly #patience: Patience;
  readonly #replicationFactor: number;
  #connected: Promise<Admin> | undefined;

  constructor(kafka: Kafka, patience: Patience, replicationFactor: number) {
    this.#kafka = kafka;
    this.#patience = patience;
    this.#replicationFactor = replicationFactor;
  }

  async topics(): Promise<string[]> {
    const topics = await this.#partitionsByTopic();
    return [...topics.keys()].toSorted();
  }

  async ensure(specs: readonly TopicSpec[]): Promise<void> {
    const existing = await this.#partitionsByTopic();
    const missing = specs.filter(({ name }) => !existing.has(name));
    const topics = missing.map((spec) => topicConfig(spec, this.#replicationFactor));
    if (topics.length > 0) await this.create(topics);
    await this.#assertFit(
      specs.filter(({ name }) => existing.has(name)),
      existing,
    );
  }

  /** Those that exist already are passed over. */
  async create(topics: ITopicConfig[]): Promise<void> {
    const names = topics.map(({ topic }) => topic);
    const doing = `creating ${names.join(', ')}`;
    await this.#ask(doing, async (admin) => {
      try {
        await admin.createTopics({ topics });
        // Where another client creates them at the same moment, kafkajs does not wait until a broker knows them.
        await admin.fetchTopicMetadata({ topics: names });
      } catch (error) {
        // A busy broker calls a topic unknown for a while after it has created it.
        const busError = toBusError(error, doing);
        throw busError.code === 'TOPIC_MISSING' ? new BusError('UNREACHABLE', busError.message) : busError;
      }
    });
  }

  /** Undefined where it does not exist. `ownSettings` are those that are not the broker's. */
  async describe(topic: string): Promise<TopicDescription | undefined> {
    const partitions = (await this.#partitionsByTopic()).get(topic);
    if (partitions === undefined) return undefined;
    const entries = await this.#settings(topic);
    const own = entries.filter(({ configSource }) => configSource === kafkajs.ConfigSource.TOPIC_CONFIG);
    return { partitions, settings: valuesOf(entries), ownSettings: valuesOf(own) };
  }

  async assertExists(topic: string): Promise<void> {
    await this.#partitionCount(topic);
  }

  /** @throws BusError `TOPIC_MISSING` */
  async layout(topic: string): Promise<TopicLayout> {
    const partitions = await this.#partitionCount(topic);
    const maxMessageBytes = Number(
      (await this.#config(topic)).get('max.message.bytes') ?? DEFAULT_MAX_MESSAGE_BYTES,
    );
    return { partitions, maxMessageBytes };
  }

  async isCompacted(topic: string): Promise<boolean> {
    return (await this.#config(topic)).get('cleanup.policy')?.includes('compact') ?? false;
  }

  /** The offsets that each partition of a topic holds. */
  async ranges(topic: string): Promise<Map<number, LogRange>> {
    const offsets = await this.#ask(`asking for the offsets of ${topic}`, (admin) =>
      admin.fetchTopicOffsets(topic),
    );
    return new Map(
      offsets.map(({ partition, low, high }) => [partition, { start: BigInt(low), end: BigInt(high) }]),
    );
  }

  /** What a group has committed; partitions without a commit are left out. */
  async committed(groupId: string, topics: string[]): Promise<(TopicPartition & { offset: bigint })[]> {
    const byTopic = await this.#ask(`asking for the offsets of group ${groupId}`, (admin) =>
      admin.fetchOffsets({ groupId, topics }),
    );
    return byTopic
      .flatMap(({ topic, partitions }) =>
        partitions.map(({ partition, offset }) => ({ topic, partition, offset: BigInt(offset) })),
      )
      .filter(({ offset }) => offset >= 0n);
  }

  async deleteGroup(groupId: string): Promise<void> {
    const admin = await this.#admin();
    await admin.deleteGroups([groupId]);
  }

  async close(): Promise<void> {
    const admin = await this.#connected?.catch(() => {});
    await admin?.disconnect();
  }

  async #assertFit(specs: readonly TopicSpec[], existing: ReadonlyMap<string, number>): Promise<void> {
    const limits = new Map<string, number>();
    for (const { name, maxMessageBytes } of specs) {
      const limit =
        maxMessageBytes === undefined ? undefined : (await this.#config(name)).get('max.message.bytes');
      if (limit !== undefined) limits.set(name, Number(limit));
    }
    assertTopicsFit(specs, (name) => ({
      partitions: existing.get(name) ?? 0,
      maxMessageBytes: limits.get(name),
    }));
  }

  async #partitionCount(topic: string): Promise<number> {
    const partitions = (await this.#partitionsByTopic()).get(topic);
    if (partitions !== undefined) return partitions;
    throw new BusError('TOPIC_MISSING', `Topic ${topic} does not exist. Create it with ensureTopics first.`);
  }

  async #partitionsByTopic(): Promise<Map<string, number>> {
    const { topics } = await this.#ask('listing topics', (admin) => admin.fetchTopicMetadata());
    const visible = topics.filter(({ name }) => !INTERNAL_TOPIC.test(name));
    return new Map(visible.map(({ name, partitions }) => [name, partitions.length]));
  }

  async #config(topic: string): Promise<ReadonlyMap<string, string>> {
    try {
      return valuesOf(await this.#settings(topic));
    } catch (error) {
      // A client may be allowed to write to a topic and not to read its settings.
      if (error instanceof BusError && error.code === 'AUTHORIZATION') return new Map();
      throw error;
    }
  }

  async #settings(topic: string): Promise<ConfigEntries[]> {
    const resources = [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic }];
    const described = await this.#ask(`asking for the settings of ${topic}`, (admin) =>
      admin.describeConfigs({ resources, includeSynonyms: false }),
    );
    return described.resources.flatMap(({ configEntries }) => configEntries);
  }

  #ask<T>(doing: string, question: (admin: Admin) => Promise<T>): Promise<T> {
    return this.#patience.until(doing, async () => question(await this.#admin()));
  }

  #admin(): Promise<Admin> {
    this.#connected ??= this.#connect().catch((error: unknown) => {
      this.#connected = undefined;
      throw error;
    });
    return this.#connected;
  }

  async #connect(): Promise<Admin> {
    const admin = this.#kafka.admin();
    await admin.connect();
    return admin;
  }
}

export function topicConfig(spec: TopicSpec, replicationFactor: number): ITopicConfig {
  const { name: topic, partitions: numPartitions } = spec;
  return { topic, numPartitions, replicationFactor, configEntries: settingsOf(spec) };
}

/** What the specification says of a topic, in Kafka's names. */
export function settingsOf(spec: TopicSpec): { name: string; value: string }[] {
  const entries = {
    'cleanup.policy': spec.compacted ? 'compact' : undefined,
    'retention.ms': spec.retentionMs?.toString(),
    'max.message.bytes': spec.maxMessageBytes?.toString(),
  };
  return Object.entries(entries).flatMap(([name, value]) => (value === undefined ? [] : { name, value }));
}

function valuesOf(entries: readonly ConfigEntries[]): ReadonlyMap<string, string> {
  return new Map(entries.map(({ configName, configValue }) => [configName, configValue]));
}
