import {
  BusError,
  type BusState,
  type DrainOptions,
  LanedProducer,
  type MessageBus,
  type Producer,
  type ProducerOptions,
  settledWithin,
  type SubscribeOptions,
  type Subscription,
  type TopicSpec,
  validateSubscription,
  validateTopic,
} from '@framegate/message-bus';
import type { Kafka } from 'kafkajs';
import { ClientSockets } from './client-sockets.ts';
import { ClusterProbe } from './cluster-probe.ts';
import { ConnectionMonitor } from './connection-monitor.ts';
import { ASK_ONCE, createKafkaClient, RETRY } from './kafka-client.ts';
import { KafkaTransport } from './kafka-transport.ts';
import { type KafkaBusOptions, type KafkaSettings, withDefaults } from './options.ts';
import { OutageWatch } from './outage-watch.ts';
import { Patience } from './patience.ts';
import { KafkaSubscription } from './subscription.ts';
import { TopicAdmin } from './topic-admin.ts';

const DISCONNECT_TIMEOUT_MS = 1000;

/** A bus over Apache Kafka. Returns at once; it connects, and connects again, by itself (see `onState`). */
export function createKafkaBus(options: KafkaBusOptions): MessageBus {
  return new KafkaBus(withDefaults(options));
}

class KafkaBus implements MessageBus {
  readonly #settings: KafkaSettings;
  readonly #kafka: Kafka;
  readonly #closing = new AbortController();
  readonly #patience: Patience;
  readonly #topics: TopicAdmin;
  readonly #monitor: ConnectionMonitor;
  readonly #producers = new Set<Producer>();
  readonly #subscriptions = new Set<Subscription>();
  #closed = false;

  constructor(settings: KafkaSettings) {
    this.#settings = settings;
    const sockets = new ClientSockets();
    this.#kafka = createKafkaClient(settings, RETRY, sockets);
    const asking = createKafkaClient(settings, ASK_ONCE, sockets);
    this.#patience = new Patience(this.#closing.signal, settings.random);
    this.#topics = new TopicAdmin(asking, this.#patience, settings.replicationFactor);
    this.#monitor = new ConnectionMonitor(new ClusterProbe(asking), settings);
    // The connection of the probe, too, is heard within so long.
    const renew = (): void => sockets.endSilent(settings.probeIntervalMs + settings.probeTimeoutMs);
    const outage = new OutageWatch(settings.longOutageMs, () => performance.now(), renew);
    this.#monitor.onState((state) => outage.enter(state));
  }

  async ensureTopics(specs: readonly TopicSpec[]): Promise<void> {
    this.#assertOpen();
    for (const spec of specs) validateTopic(spec);
    await this.#topics.ensure(specs);
  }

  async topics(): Promise<string[]> {
    this.#assertOpen();
    return this.#topics.topics();
  }

  async producer(options: ProducerOptions = {}): Promise<Producer> {
    this.#assertOpen();
    const transport = new KafkaTransport(this.#kafka, this.#topics, this.#settings.random);
    const producer = new LanedProducer(transport, options, this.#settings.nowMs);
    this.#producers.add(producer);
    return producer;
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    this.#assertOpen();
    validateSubscription(options);
    const subscription = await KafkaSubscription.open(options, {
      kafka: this.#kafka,
      topics: this.#topics,
      settings: this.#settings,
      onClosed: (closed) => this.#subscriptions.delete(closed),
    });
    this.#subscriptions.add(subscription);
    return subscription;
  }

  state(): BusState {
    return this.#monitor.state;
  }

  onState(listener: (state: BusState, reason: string) => void): () => void {
    return this.#monitor.onState(listener);
  }

  async close(options: DrainOptions = {}): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.all([...this.#producers].map((producer) => producer.close(options)));
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.close(options)));
    this.#closing.abort();
    this.#monitor.close();
    await settledWithin(this.#topics.close(), DISCONNECT_TIMEOUT_MS);
  }

  #assertOpen(): void {
    if (this.#closed) throw new BusError('CLOSED', 'The bus is closed.');
  }
}
