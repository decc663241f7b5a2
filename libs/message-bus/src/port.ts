/** A topic as it should exist. Topics that exist already are left as they are, or refused where they can't do. */
export interface TopicSpec {
  name: string;
  partitions: number;
  retentionMs?: number;
  /** Keeps the newest message of each key instead of expiring by age or size. */
  compacted?: boolean;
  maxMessageBytes?: number;
}

export interface OutgoingMessage {
  key: string;
  headers: Record<string, string>;
  body: Uint8Array;
  /** Default: Kafka's murmur2 hash of the key. */
  partition?: number;
  /** Milliseconds since the Unix epoch; default: the time of `send`. */
  timestampMs?: number;
  /** Having waited for longer than this, ms, it makes way for a newer one of its key. Default: never. */
  freshForMs?: number;
}

export interface Delivery {
  topic: string;
  partition: number;
  offset: bigint;
  key: string;
  headers: Record<string, string>;
  /** Owns its whole ArrayBuffer: the handler may keep, change or transfer it. */
  body: Uint8Array<ArrayBuffer>;
  timestampMs: number;
  /** 1 for the first delivery, then one more after each rejection by the handler. */
  attempt: number;
}

/**
 * Sends with one request in flight for each (topic, partition); messages that arrive meanwhile go together in the next
 * request, in order. `send` resolves once the message is stored, and rejects with a `BusError`: `LANE_OVERFLOW` when
 * newer messages pushed it out of the bounded queue, `SUPERSEDED` when one of its key did that it was to make way for, `MESSAGE_TOO_LARGE`, `TOPIC_MISSING`, `INVALID_ARGUMENT`, `CLOSED`.
 * While the broker is away messages wait in the queue.
 */
export interface Producer {
  send(topic: string, message: OutgoingMessage): Promise<{ partition: number; offset: bigint }>;
  /** Resolves when every message accepted so far is stored or rejected. */
  flush(): Promise<void>;
  /** Messages accepted and neither stored nor rejected yet, the ones in flight included. */
  queued(): number;
  /** Flushes for at most `drainTimeoutMs` (default 5000); what is left rejects with `CLOSED`. */
  close(options?: DrainOptions): Promise<void>;
}

export interface DrainOptions {
  drainTimeoutMs?: number;
}

export interface ProducerOptions {
  /** Bound of each (topic, partition) queue, without the request in flight. Default 1000. */
  maxQueuedMessages?: number;
  /** Bound of each (topic, partition) queue, without the request in flight. Default 32 MiB. */
  maxQueuedBytes?: number;
  /** How long a message may wait before it makes room, too; seen when another comes or is sent. Default: for ever. */
  maxQueuedMs?: number;
  /** Which message makes room when a queue is full. */
  onDrop?: 'oldest';
}

export interface TopicPartition {
  topic: string;
  partition: number;
}

export interface SubscribeOptions {
  /** Names must exist (`TOPIC_MISSING`); a RegExp also takes the topics that appear later, from their first message. */
  topics: readonly (string | RegExp)[];
  /** `null`: this subscriber sees every partition and nothing is committed. */
  group: string | null;
  /** Where a group without committed offset starts. */
  from: 'earliest' | 'latest';
  /** Unsettled deliveries at which the subscription stops fetching. Default 1: strictly one after the other. */
  concurrency?: number;
  /** Rejections after which a message is poison. Default: never, the message is redelivered until it settles. */
  maxAttempts?: number;
  /** Called with a poison message, whose offset settles once this resolves. Absent: it settles at once. */
  onPoison?: (delivery: Delivery, error: unknown) => Promise<void>;
  /** Called with the whole assignment whenever it changes. */
  onPartitions?: (assigned: readonly TopicPartition[]) => void;
  /** Resolves: the offset may be committed. Rejects: delivered again after a back-off. */
  handler: (delivery: Delivery) => Promise<void>;
  /** Exponential back-off with jitter between deliveries of one message. Default 100 to 5000 ms. */
  retryBackoff?: BackoffRange;
}

export interface BackoffRange {
  initialMs: number;
  maxMs: number;
}

export interface Subscription {
  /** Resolves when all messages that were present at the call, in the partitions assigned here, are settled. */
  caughtUp(): Promise<void>;
  /** Messages in the partitions assigned here that are not settled yet. */
  lag(): Promise<number>;
  /** Messages given to the handler, or waiting for their redelivery. */
  unsettled(): number;
  /** Messages that retention removed before this subscription reached them. */
  expired(): number;
  /** Stops fetching, waits for running handlers (at most `drainTimeoutMs`, default 5000), commits and leaves. */
  close(options?: DrainOptions): Promise<void>;
}

export type BusState = 'connected' | 'reconnecting';

export interface MessageBus {
  /**
   * Creates the topics that are missing.
   * @throws BusError `TOPIC_UNFIT` that names each one that exists and has fewer partitions, or takes only smaller messages
   */
  ensureTopics(specs: readonly TopicSpec[]): Promise<void>;
  topics(): Promise<string[]>;
  producer(options?: ProducerOptions): Promise<Producer>;
  subscribe(options: SubscribeOptions): Promise<Subscription>;
  state(): BusState;
  /** Calls the listener on each change of state, and of the reason while the broker is away, also of one that is
   * known already; returns the function that ends this. */
  onState(listener: (state: BusState, reason: string) => void): () => void;
  /** Closes all producers and subscriptions of this bus. */
  close(options?: DrainOptions): Promise<void>;
}
