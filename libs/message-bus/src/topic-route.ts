import { BusError } from './bus-error.ts';
import { Outbox, type OutboxLimits, type PendingMessage } from './outbox.ts';
import { partitionForKey } from './partitioner.ts';
import { ProducerLane, type WriteRequest } from './producer-lane.ts';

/** Several waiting messages share a request up to this size: a thin uplink must carry it well within its time-out. */
const MAX_REQUEST_BYTES = 1024 * 1024;

export interface TopicLayout {
  partitions: number;
  maxMessageBytes: number;
}

/** What a bus provides so that `LanedProducer` can send through it. */
export interface ProducerTransport {
  /** The layout where it is known already; otherwise it is looked up. Rejects with `TOPIC_MISSING`. */
  layout(topic: string): TopicLayout | Promise<TopicLayout>;
  write: WriteRequest;
  close(): Promise<void>;
}

/** The lanes of one topic. Messages wait, bounded and in order, until the topic's layout is known. */
export class TopicRoute {
  readonly #topic: string;
  readonly #transport: ProducerTransport;
  readonly #limits: OutboxLimits;
  readonly #unrouted: Outbox;
  readonly #lanes = new Map<number, ProducerLane>();
  #layout: TopicLayout | undefined;
  #resolving = false;

  constructor(topic: string, transport: ProducerTransport, limits: OutboxLimits) {
    this.#topic = topic;
    this.#transport = transport;
    this.#limits = limits;
    this.#unrouted = new Outbox(topic, limits);
  }

  push(pending: PendingMessage): void {
    if (this.#layout) {
      this.#toLane(pending, this.#layout);
      return;
    }
    this.#unrouted.push(pending);
    this.#resolve();
  }

  abandon(error: unknown): void {
    this.#rejectUnrouted(error);
    for (const lane of this.#lanes.values()) lane.abandon(error);
  }

  #resolve(): void {
    if (this.#resolving) return;
    try {
      const layout = this.#transport.layout(this.#topic);
      if (layout instanceof Promise) void this.#await(layout);
      else this.#route(layout);
    } catch (error) {
      this.#rejectUnrouted(error);
    }
  }

  async #await(looking: Promise<TopicLayout>): Promise<void> {
    this.#resolving = true;
    try {
      this.#route(await looking);
    } catch (error) {
      this.#rejectUnrouted(error);
    } finally {
      this.#resolving = false;
    }
  }

  #rejectUnrouted(error: unknown): void {
    for (const { reject } of this.#unrouted.takeAll()) reject(error);
  }

  #route(layout: TopicLayout): void {
    this.#layout = layout;
    for (const pending of this.#unrouted.takeAll()) this.#toLane(pending, layout);
  }

  #toLane(pending: PendingMessage, layout: TopicLayout): void {
    const error = this.#refusal(pending, layout);
    if (error) {
      pending.reject(error);
      return;
    }
    const { partition = partitionForKey(pending.message.key, layout.partitions) } = pending.message;
    this.#lane(partition, layout).push(pending);
  }

  #refusal({ bytes, message }: PendingMessage, layout: TopicLayout): BusError | undefined {
    if (bytes > layout.maxMessageBytes) {
      return new BusError(
        'MESSAGE_TOO_LARGE',
        `A message of ${bytes} bytes (key "${message.key}") exceeds the ${layout.maxMessageBytes} bytes that topic ` +
          `${this.#topic} takes. Send a smaller body, or raise the topic's maxMessageBytes.`,
      );
    }
    const { partition } = message;
    if (
      partition === undefined ||
      (Number.isInteger(partition) && partition >= 0 && partition < layout.partitions)
    ) {
      return undefined;
    }
    return new BusError(
      'INVALID_ARGUMENT',
      `Partition ${partition} does not exist: topic ${this.#topic} has partitions 0 to ${layout.partitions - 1}.`,
    );
  }

  #lane(partition: number, { maxMessageBytes }: TopicLayout): ProducerLane {
    let lane = this.#lanes.get(partition);
    if (!lane) {
      const target = {
        topic: this.#topic,
        partition,
        maxRequestBytes: Math.min(maxMessageBytes, MAX_REQUEST_BYTES),
      };
      lane = new ProducerLane(target, this.#transport.write, this.#limits);
      this.#lanes.set(partition, lane);
    }
    return lane;
  }
}
