import { BusError } from '../bus-error.ts';
import { LanedProducer } from '../laned-producer.ts';
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
import type { ProducerTransport } from '../topic-route.ts';
import { validateSubscription, validateTopic } from '../validation.ts';
import { InProcessBroker, type InProcessBrokerOptions } from './broker.ts';
import { InProcessSubscription } from './subscription.ts';

export interface InProcessBusOptions extends InProcessBrokerOptions {
  /** Shared by the buses that are to see each other's messages. Default: a broker of its own. */
  broker?: InProcessBroker;
  nowMs?: () => number;
  /** Resolves when a request of so many bytes has reached the broker: a link, for experiments. Default: at once. */
  carry?: (bytes: number) => Promise<void>;
  /** In [0, 1). */
  random?: () => number;
}

/** A client of a broker in the same process. Behaves like Kafka: partitions, groups, committed offsets, retention. */
export class InProcessBus implements MessageBus {
  readonly #broker: InProcessBroker;
  readonly #nowMs: () => number;
  readonly #random: () => number;
  readonly #carry: ((bytes: number) => Promise<void>) | undefined;
  readonly #subscriptions = new Set<Subscription>();
  readonly #producers = new Set<Producer>();
  #closed = false;

  constructor(options: InProcessBusOptions = {}) {
    this.#broker = options.broker ?? new InProcessBroker(options);
    this.#nowMs = options.nowMs ?? Date.now;
    this.#random = options.random ?? Math.random;
    this.#carry = options.carry;
  }

  async ensureTopics(specs: readonly TopicSpec[]): Promise<void> {
    for (const spec of specs) validateTopic(spec);
    await this.#whenAvailable();
    this.#broker.createMissing(specs);
  }

  async topics(): Promise<string[]> {
    await this.#whenAvailable();
    return this.#broker.topicNames();
  }

  async producer(options: ProducerOptions = {}): Promise<Producer> {
    this.#assertOpen();
    const producer = new LanedProducer(this.#transport(), options, this.#nowMs);
    this.#producers.add(producer);
    return producer;
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    validateSubscription(options);
    await this.#whenAvailable();
    for (const topic of options.topics) if (typeof topic === 'string') this.#broker.topic(topic);
    const group = this.#broker.group(options.group);
    const subscription = new InProcessSubscription(options, {
      group,
      isAvailable: () => this.#broker.available,
      leave: (member) => {
        this.#broker.leave(member);
        this.#subscriptions.delete(member);
      },
      random: this.#random,
    });
    this.#subscriptions.add(subscription);
    this.#broker.join(subscription, group);
    return subscription;
  }

  state(): BusState {
    return this.#broker.available ? 'connected' : 'reconnecting';
  }

  onState(listener: (state: BusState, reason: string) => void): () => void {
    return this.#broker.onState(listener);
  }

  /** Takes the broker away and brings it back, for tests: nothing is stored or delivered meanwhile. */
  setAvailable(available: boolean): void {
    this.#broker.setAvailable(available);
  }

  async close(options: DrainOptions = {}): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#producers].map((producer) => producer.close(options)));
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.close(options)));
    this.#broker.changed.notify();
  }

  #transport(): ProducerTransport {
    return {
      layout: (name) => {
        const { partitions, maxMessageBytes } = this.#broker.topic(name);
        return { partitions: partitions.length, maxMessageBytes };
      },
      write: async ({ topic, partition }, pending) => {
        await this.#carry?.(pending.reduce((sum, { bytes }) => sum + bytes, 0));
        await this.#broker.changed.until(() => this.#broker.available);
        const messages = pending.map(({ message }) => message);
        return BigInt(this.#broker.append(topic, partition, messages, this.#nowMs()));
      },
      close: async () => {},
    };
  }

  async #whenAvailable(): Promise<void> {
    await this.#broker.changed.until(() => this.#broker.available || this.#closed);
    this.#assertOpen();
  }

  #assertOpen(): void {
    if (this.#closed) throw new BusError('CLOSED', 'The bus is closed.');
  }
}
