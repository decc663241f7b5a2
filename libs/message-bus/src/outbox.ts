import { BusError } from './bus-error.ts';
import type { OutgoingMessage } from './port.ts';

export interface SendResult {
  partition: number;
  offset: bigint;
}

/** A message that waits to be stored, with the promise its sender holds. */
export interface PendingMessage {
  readonly message: OutgoingMessage & { timestampMs: number };
  readonly bytes: number;
  /** By a clock that only goes on, ms. */
  readonly queuedAtMs: number;
  readonly resolve: (result: SendResult) => void;
  readonly reject: (error: unknown) => void;
}

export interface OutboxLimits {
  maxQueuedMessages: number;
  maxQueuedBytes: number;
  maxQueuedMs: number;
}

/**
 * A first-in first-out queue bounded by messages, bytes and age; the oldest make room and reject with `LANE_OVERFLOW`.
 * Behind a way that became narrow a queue would make everything late that comes after it, so what is not fresh any more
 * is given up, with `SUPERSEDED`, for the newest of its key.
 */
export class Outbox {
  readonly #limits: OutboxLimits;
  readonly #name: string;
  #pending: PendingMessage[] = [];
  #bytes = 0;

  constructor(name: string, limits: OutboxLimits) {
    this.#name = name;
    this.#limits = limits;
  }

  get length(): number {
    return this.#pending.length;
  }

  push(pending: PendingMessage): void {
    this.#pending.push(pending);
    this.#bytes += pending.bytes;
    while (this.#overflows()) this.#dropOldest();
    this.dropStale(pending.queuedAtMs);
  }

  /** Drops what has waited for too long, or for longer than it is fresh while a newer one of its key waits. */
  dropStale(nowMs: number): void {
    this.#dropAged(nowMs);
    this.#dropSuperseded(nowMs);
  }

  #dropAged(nowMs: number): void {
    const { maxQueuedMs } = this.#limits;
    const staleAtMs = nowMs - maxQueuedMs;
    const count = this.#pending.findIndex(({ queuedAtMs }) => queuedAtMs >= staleAtMs);
    const stale = this.#pending.slice(0, count === -1 ? undefined : count);
    stale.forEach(() => this.#dropOldest(`waited for more than ${maxQueuedMs} ms`));
  }

  #dropSuperseded(nowMs: number): void {
    const isFresh = ({ queuedAtMs, message: { freshForMs = Infinity } }: PendingMessage): boolean =>
      nowMs - queuedAtMs <= freshForMs;
    if (this.#pending.every(isFresh)) return;
    const newest = new Map(this.#pending.map((pending) => [pending.message.key, pending]));
    const stays = (pending: PendingMessage): boolean =>
      isFresh(pending) || newest.get(pending.message.key) === pending;
    const gone = this.#pending.filter((pending) => !stays(pending));
    this.#pending = this.#pending.filter(stays);
    for (const { bytes, message, reject } of gone) {
      this.#bytes -= bytes;
      const why = `it waited for more than ${message.freshForMs} ms, and a newer one of ${message.key} waits`;
      reject(new BusError('SUPERSEDED', `A message in the queue of ${this.#name} was dropped: ${why}.`));
    }
  }

  /** Takes the oldest messages that fit into one request, at least one. */
  takeRequest(maxBytes: number): PendingMessage[] {
    let count = 0;
    let bytes = 0;
    for (const pending of this.#pending) {
      if (count > 0 && bytes + pending.bytes > maxBytes) break;
      bytes += pending.bytes;
      count += 1;
    }
    this.#bytes -= bytes;
    return this.#pending.splice(0, count);
  }

  takeAll(): PendingMessage[] {
    return this.takeRequest(Number.POSITIVE_INFINITY);
  }

  #overflows(): boolean {
    const { maxQueuedMessages, maxQueuedBytes } = this.#limits;
    // A single message always fits: a limit below its size must not stop the lane.
    return this.length > 1 && (this.length > maxQueuedMessages || this.#bytes > maxQueuedBytes);
  }

  #dropOldest(why = this.#fullness()): void {
    const oldest = this.#pending.shift();
    if (oldest === undefined) return;
    this.#bytes -= oldest.bytes;
    const message = `The oldest message in the queue of ${this.#name} was dropped: it ${why}.`;
    oldest.reject(new BusError('LANE_OVERFLOW', message));
  }

  #fullness(): string {
    const { maxQueuedMessages, maxQueuedBytes } = this.#limits;
    return (
      `had to make room (limits: ${maxQueuedMessages} messages, ${maxQueuedBytes} bytes). ` +
      'Send less, or raise maxQueuedMessages and maxQueuedBytes'
    );
  }
}
