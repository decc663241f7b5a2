import type { LogRange, SubscribeOptions, TopicPartition } from '@framegate/message-bus';
import type { TopicAdmin } from './topic-admin.ts';

/**
 * Where a subscription starts to read: at the group's committed offset; else, with "latest", at the end that the log had
 * when the subscription was made, so that nothing is missed however long joining the group takes.
 */
export class StartPositions {
  readonly #topics: TopicAdmin;
  readonly #group: string | null;
  readonly #endsAtSubscribe: ReadonlyMap<string, ReadonlyMap<number, LogRange>>;

  private constructor(
    topics: TopicAdmin,
    group: string | null,
    endsAtSubscribe: ReadonlyMap<string, ReadonlyMap<number, LogRange>>,
  ) {
    this.#topics = topics;
    this.#group = group;
    this.#endsAtSubscribe = endsAtSubscribe;
  }

  static async at(
    topics: TopicAdmin,
    { group, from }: Pick<SubscribeOptions, 'group' | 'from'>,
    names: readonly string[],
  ): Promise<StartPositions> {
    const latest = from === 'latest' ? names : [];
    const ranges = await Promise.all(latest.map(async (name) => [name, await topics.ranges(name)] as const));
    return new StartPositions(topics, group, new Map(ranges));
  }

  async of(partitions: readonly TopicPartition[]): Promise<(TopicPartition & { offset: bigint })[]> {
    const names = [...new Set(partitions.map(({ topic }) => topic))];
    const committed = await this.#committed(names);
    const ranges = new Map(
      await Promise.all(names.map(async (name) => [name, await this.#topics.ranges(name)] as const)),
    );
    return partitions.map(({ topic, partition }) => {
      const known =
        committed.get(`${topic} ${partition}`) ?? this.#endsAtSubscribe.get(topic)?.get(partition)?.end;
      return { topic, partition, offset: known ?? ranges.get(topic)?.get(partition)?.start ?? 0n };
    });
  }

  async #committed(names: string[]): Promise<Map<string, bigint>> {
    if (this.#group === null || names.length === 0) return new Map();
    const offsets = await this.#topics.committed(this.#group, names);
    return new Map(offsets.map(({ topic, partition, offset }) => [`${topic} ${partition}`, offset]));
  }
}
