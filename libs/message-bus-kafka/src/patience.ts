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
        return await attempt();
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

  assertOpen(): void {
    if (this.#closed.aborted) throw new BusError('CLOSED', 'The bus is closed.');
  }
}
