import { BusError } from '../bus-error.ts';
import { Condition } from '../condition.ts';
import type { BusState, TopicSpec } from '../port.ts';
import { assertTopicsFit } from '../topic-fitness.ts';
import { ConsumerGroup } from './consumer-group.ts';
import type { PartitionLog } from './partition-log.ts';
import type { InProcessSubscription } from './subscription.ts';
import { Topic } from './topic.ts';

export interface InProcessBrokerOptions {
  /** What a topic may hold before its oldest messages expire. Default 64 MiB. */
  retentionBytes?: number;
  /** Default 4 MiB. */
  maxMessageBytes?: number;
}

/** What the clients of one process share: topics, groups with their committed offsets, and being there or not. */
export class InProcessBroker {
  readonly changed = new Condition();
  readonly #defaults: Required<InProcessBrokerOptions>;
  readonly #topics = new Map<string, Topic>();
  readonly #groups = new Map<string, ConsumerGroup>();
  readonly #subscriptions = new Map<InProcessSubscription, ConsumerGroup>();
  readonly #listeners = new Set<(state: BusState, reason: string) => void>();
  #available = true;

  constructor(options: InProcessBrokerOptions = {}) {
    const { retentionBytes = 64 * 1024 * 1024, maxMessageBytes = 4 * 1024 * 1024 } = options;
    this.#defaults = { retentionBytes, maxMessageBytes };
  }

  get available(): boolean {
    return this.#available;
  }

  setAvailable(available: boolean): void {
    if (available === this.#available) return;
    this.#available = available;
    const [state, reason] = available
      ? (['connected', 'the broker is back'] as const)
      : (['reconnecting', 'the broker is away'] as const);
    for (const listener of this.#listeners) listener(state, reason);
    this.changed.notify();
    this.#wake();
  }

  onState(listener: (state: BusState, reason: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  topicNames(): string[] {
    return [...this.#topics.keys()].toSorted();
  }

  /** @throws BusError `TOPIC_MISSING` */
  topic(name: string): Topic {
    const topic = this.#topics.get(name);
    if (topic) return topic;
    throw new BusError('TOPIC_MISSING', `Topic ${name} does not exist. Create it with ensureTopics first.`);
  }

  createMissing(specs: readonly TopicSpec[]): void {
    assertTopicsFit(specs, (name) => {
      const topic = this.#topics.get(name);
      return topic && { partitions: topic.partitions.length, maxMessageBytes: topic.maxMessageBytes };
    });
    for (const spec of specs) {
      if (!this.#topics.has(spec.name)) this.#topics.set(spec.name, new Topic(spec, this.#defaults));
    }
    for (const group of new Set(this.#subscriptions.values())) group.rebalance(this.#logs());
  }

  /** @returns the offset of the first message */
  append(
    topic: string,
    partition: number,
    messages: Parameters<Topic['append']>[1][],
    nowMs: number,
  ): number {
    const stored = this.topic(topic);
    const [first = 0] = messages.map((message) => stored.append(partition, message, nowMs));
    this.#wake();
    return first;
  }

  /** The group of that name; a new nameless one for `null`. */
  group(name: string | null): ConsumerGroup {
    if (name === null) return new ConsumerGroup();
    const group = this.#groups.get(name) ?? new ConsumerGroup();
    this.#groups.set(name, group);
    return group;
  }

  join(subscription: InProcessSubscription, group: ConsumerGroup): void {
    this.#subscriptions.set(subscription, group);
    group.join(subscription, this.#logs());
  }

  leave(subscription: InProcessSubscription): void {
    this.#subscriptions.get(subscription)?.leave(subscription, this.#logs());
    this.#subscriptions.delete(subscription);
  }

  #logs(): PartitionLog[] {
    return [...this.#topics.values()].flatMap((topic) => topic.partitions);
  }

  #wake(): void {
    for (const subscription of this.#subscriptions.keys()) subscription.wake();
  }
}
