import { Outbox, type OutboxLimits, type PendingMessage } from './outbox.ts';

export interface LaneTarget {
  topic: string;
  partition: number;
  maxRequestBytes: number;
}

/** Stores the messages of one request, all or none, in order; resolves with the offset of the first. */
export type WriteRequest = (target: LaneTarget, messages: readonly PendingMessage[]) => Promise<bigint>;

/**
 * The way into one partition: one request in flight at a time. With several, kafkajs reuses the sequence number of a
 * failed request and the broker drops the next message as its duplicate.
 */
export class ProducerLane {
  readonly #target: LaneTarget;
  readonly #write: WriteRequest;
  readonly #waiting: Outbox;
  #inFlight: readonly PendingMessage[] = [];

  constructor(target: LaneTarget, write: WriteRequest, limits: OutboxLimits) {
    this.#target = target;
    this.#write = write;
    this.#waiting = new Outbox(`${target.topic}[${target.partition}]`, limits);
  }

  push(pending: PendingMessage): void {
    this.#waiting.push(pending);
    if (this.#inFlight.length === 0) void this.#run();
  }

  /** Rejects everything that is not stored yet, the request in flight included. */
  abandon(error: unknown): void {
    for (const { reject } of [...this.#inFlight, ...this.#waiting.takeAll()]) reject(error);
  }

  async #run(): Promise<void> {
    for (;;) {
      this.#waiting.dropStale(performance.now());
      if (this.#waiting.length === 0) return;
      this.#inFlight = this.#waiting.takeRequest(this.#target.maxRequestBytes);
      await this.#request(this.#inFlight);
      this.#inFlight = [];
    }
  }

  async #request(messages: readonly PendingMessage[]): Promise<void> {
    const { partition } = this.#target;
    try {
      const baseOffset = await this.#write(this.#target, messages);
      messages.forEach(({ resolve }, index) => resolve({ partition, offset: baseOffset + BigInt(index) }));
    } catch (error) {
      for (const { reject } of messages) reject(error);
    }
  }
}
