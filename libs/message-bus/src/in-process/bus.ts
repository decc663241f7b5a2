import { BusError } from '../bus-error.ts';
import { Condition } from '../condition.ts';
import { LanedProducer } from '../laned-producer.ts';
import type { PendingMessage } from '../outbox.ts';
import type {
  BusState,
  DrainOptions,
  MessageBus,
  Producer,
  ProducerOptions,
  SubscribeOptions,
  Subscription,
  TopicSpec,
} from '../port.ts';
import type { LaneTarget } from '../producer-lane.ts';
import type { ProducerTransport } from '../topic-route.ts';
import { validateSubscription, validateTopic } from '../validation.ts';
import { ConsumerGroup } from './consumer-group.ts';
import type { PartitionLog } from './partition-log.ts';
import { InProcessSubscription } from './subscription.ts';
import { Topic } from './topic.ts';

export interface InProcessBusOptions {
  /** What a topic may hold before its oldest messages expire. Default 64 MiB. */
  retentionBytes?: number;
  /** Default 4 MiB. */
  maxMessageBytes?: number;
  nowMs?: () => number;
  /** In [0, 1). */
  random?: () => number;
}

/** A broker in this process with the behaviour of Kafka: partitions, groups, committed offsets, retention, compaction. */
export class InProcessBus implements MessageBus {
  readonly #retention: { retentionBytes: number; maxMessageBytes: number };
  readonly #nowMs: () => number;
  readonly #random: () => number;
  readonly #topics = new Map<string, Topic>();
  readonly #groups = new Map<string, ConsumerGroup>();
  readonly #subscriptions = new Map<InProcessSubscription, ConsumerGroup>();
  readonly #producers = new Set<Producer>();
  readonly #listeners = new Set<(state: BusState, reason: string) => void>();
  readonly #availability = new Condition();
  #available = true;
  #closed = false;

  constructor(options: InProcessBusOptions = {}) {
    const { retentionBytes = 64 * 1024 * 1024, maxMessageBytes = 4 * 1024 * 1024 } = options;
    this.#retention = { retentionBytes, maxMessageBytes };
    this.#nowMs = options.nowMs ?? Date.now;
    this.#random = options.random ?? Math.random;
  }

  async ensureTopics(specs: readonly TopicSpec[]): Promise<void> {
    this.#assertOpen();
    for (const spec of specs) validateTopic(spec);
    await this.#whenAvailable();
    for (const spec of specs) {
      if (!this.#topics.has(spec.name)) this.#topics.set(spec.name, new Topic(spec, this.#retention));
    }
    for (const group of new Set(this.#subscriptions.values())) group.rebalance(this.#logs());
  }

  async topics(): Promise<string[]> {
    this.#assertOpen();
    await this.#whenAvailable();
    return [...this.#topics.keys()].toSorted();
  }

  async producer(options: ProducerOptions = {}): Promise<Producer> {
    this.#assertOpen();
    const producer = new LanedProducer(this.#transport(), options, this.#nowMs);
    this.#producers.add(producer);
    return producer;
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    this.#assertOpen();
    validateSubscription(options);
    await this.#whenAvailable();
    for (const topic of options.topics) if (typeof topic === 'string') this.#topic(topic);
    const group = this.#group(options.group);
    const subscription = new InProcessSubscription(options, {
      group,
      isAvailable: () => this.#available,
      leave: (member) => {
        this.#subscriptions.delete(member);
        group.leave(member, this.#logs());
      },
      random: this.#random,
    });
    this.#subscriptions.set(subscription, group);
    group.join(subscription, this.#logs());
    return subscription;
  }

  state(): BusState {
    return this.#available ? 'connected' : 'reconnecting';
  }

  onState(listener: (state: BusState, reason: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes the broker away and brings it back, for tests: nothing is stored or delivered meanwhile. */
  setAvailable(available: boolean, reason = available ? 'made available' : 'made unavailable'): void {
    if (available === this.#available) return;
    this.#available = available;
    this.#availability.notify();
    for (const listener of this.#listeners) listener(this.state(), reason);
    this.#wakeSubscriptions();
  }

  async close(options: DrainOptions = {}): Promise<void> {
    if (this.#closed) return;
    await Promise.all([...this.#producers].map((producer) => producer.close(options)));
    await Promise.all([...this.#subscriptions.keys()].map((subscription) => subscription.close(options)));
    this.#closed = true;
    this.#availability.notify();
  }

  #transport(): ProducerTransport {
    return {
      layout: (topic) => {
        const { partitions, maxMessageBytes } = this.#topic(topic);
        return { partitions: partitions.length, maxMessageBytes };
      },
      write: (target, messages) => this.#write(target, messages),
      close: async () => {},
    };
  }

  async #write({ topic, partition }: LaneTarget, messages: readonly PendingMessage[]): Promise<bigint> {
    await this.#whenAvailable();
    const nowMs = this.#nowMs();
    const offsets = messages.map(({ message }) => this.#topic(topic).append(partition, message, nowMs));
    this.#wakeSubscriptions();
    return BigInt(offsets[0] ?? 0);
  }

  #topic(name: string): Topic {
    const topic = this.#topics.get(name);
    if (topic) return topic;
    throw new BusError('TOPIC_MISSING', `Topic ${name} does not exist. Create it with ensureTopics first.`);
  }

  #group(name: string | null): ConsumerGroup {
    const group = (name !== null && this.#groups.get(name)) || new ConsumerGroup();
    if (name !== null) this.#groups.set(name, group);
    return group;
  }

  #logs(): PartitionLog[] {
    return [...this.#topics.values()].flatMap((topic) => topic.partitions);
  }

  #wakeSubscriptions(): void {
    for (const subscription of this.#subscriptions.keys()) subscription.wake();
  }

  async #whenAvailable(): Promise<void> {
    if (!this.#available) await this.#availability.until(() => this.#available || this.#closed);
    this.#assertOpen();
  }

  #assertOpen(): void {
    if (this.#closed) throw new BusError('CLOSED', 'The bus is closed.');
  }
}
