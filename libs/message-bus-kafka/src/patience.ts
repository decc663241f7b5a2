import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs, BusError } from '@framegate/message-bus';
import { isTransient, toBusError } from './kafka-errors.ts';

const BACKOFF = { initialMs: 200, maxMs: 2000 };

/** Repeats what fails for want of a broker, with growing pauses, until it works or everything is closed. */
export class Patience {
  readonly #closed: AbortSignal;
  readonly #random: () => number;

  constructor(closed: AbortSignal, random: () => number) {
    this.#closed = closed;
    this.#random = random;
  }

  /** @throws BusError what no repetition would get over, and `CLOSED` */
  async until<T>(doing: string, attempt: () => Promise<T>): Promise<T> {
    for (let failures = 1; ; failures += 1) {
      this.assertOpen();
      try {
        return await this.#orClosed(attempt());
      } catch (error) {
        const busError = toBusError(error, doing);
        if (!isTransient(busError)) throw busError;
      }
      await this.pause(failures);
    }
  }

  /** Waits the longer the more failures there were; ends at once when everything is closed. */
  async pause(failures: number): Promise<void> {
    const pauseMs = backoffMs(failures, BACKOFF, this.#random());
    await delay(pauseMs, undefined, { signal: this.#closed }).catch(() => {});
  }

  /** Not a race with one lasting promise: that would keep every attempt's result for as long as the bus is open. */
  #orClosed<T>(attempt: Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const onClose = (): void => reject(busClosed());
    this.#closed.addEventListener('abort', onClose, { once: true });
    attempt.then(resolve, reject).finally(() => this.#closed.removeEventListener('abort', onClose));
    return promise;
  }

  assertOpen(): void {
    if (this.#closed.aborted) throw busClosed();
  }
}

function busClosed(): BusError {
  return new BusError('CLOSED', 'The bus is closed.');
}
