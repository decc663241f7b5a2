import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs } from './backoff.ts';
import { Condition } from './condition.ts';
import type { Delivery, SubscribeOptions } from './port.ts';
import { settledWithin } from './settled-within.ts';

export type FetchedMessage = Omit<Delivery, 'attempt' | 'body'> & { body: Uint8Array };

type WindowOptions = Pick<
  SubscribeOptions,
  'concurrency' | 'handler' | 'maxAttempts' | 'onPoison' | 'retryBackoff'
>;

const DEFAULT_BACKOFF = { initialMs: 100, maxMs: 5000 };

/**
 * The bounded set of deliveries that one subscription has handed out and not settled: redelivers after a rejection,
 * gives up on poison, and says when there is room to fetch.
 */
export class DeliveryWindow {
  readonly #options: WindowOptions;
  readonly #random: () => number;
  readonly #limit: number;
  readonly #closing = new AbortController();
  readonly #changed = new Condition();
  #unsettled = 0;

  constructor(options: WindowOptions, random: () => number) {
    this.#options = options;
    this.#random = random;
    this.#limit = options.concurrency ?? 1;
  }

  get unsettled(): number {
    return this.#unsettled;
  }

  hasRoom(): boolean {
    return this.#unsettled < this.#limit;
  }

  /**
   * Runs the handler until the message is settled.
   *
   * @param revoked the partition belongs to somebody else: no further attempts, and nothing to settle
   * @returns false when the message was given up unsettled, because of `revoked` or `close`
   */
  async deliver(message: FetchedMessage, revoked: AbortSignal): Promise<boolean> {
    this.#unsettled += 1;
    try {
      return await this.#untilSettled(message, revoked);
    } finally {
      this.#unsettled -= 1;
      this.#changed.notify();
    }
  }

  /** Ends the waiting for redelivery, then waits for running handlers. */
  async close(drainTimeoutMs: number): Promise<void> {
    this.#closing.abort();
    this.#changed.notify();
    await settledWithin(
      this.#changed.until(() => this.#unsettled === 0),
      drainTimeoutMs,
    );
  }

  async #untilSettled(message: FetchedMessage, revoked: AbortSignal): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#attempt(message, attempt);
        return !revoked.aborted;
      } catch {
        if (!(await this.#backOff(attempt, revoked))) return false;
      }
    }
  }

  async #attempt(message: FetchedMessage, attempt: number): Promise<void> {
    const { handler, maxAttempts = Number.POSITIVE_INFINITY, onPoison } = this.#options;
    try {
      await handler(ownCopy(message, attempt));
    } catch (error) {
      if (attempt < maxAttempts) throw error;
      await onPoison?.(ownCopy(message, attempt), error);
    }
  }

  async #backOff(attempt: number, revoked: AbortSignal): Promise<boolean> {
    const range = this.#options.retryBackoff ?? DEFAULT_BACKOFF;
    const signal = AbortSignal.any([revoked, this.#closing.signal]);
    try {
      await delay(backoffMs(attempt, range, this.#random()), undefined, { signal });
      return true;
    } catch {
      return false;
    }
  }
}

/** A copy for each attempt: the handler may have changed or transferred the one before. */
function ownCopy(message: FetchedMessage, attempt: number): Delivery {
  return { ...message, headers: { ...message.headers }, body: new Uint8Array(message.body), attempt };
}
