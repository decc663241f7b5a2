import { SourceError } from './source-error.ts';

/** A signal that is aborted by the caller's, or with `TIMEOUT` when nobody has fed it in time. */
export class Watchdog {
  readonly signal: AbortSignal;
  readonly #name: string;
  readonly #timeout = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(name: string, signal: AbortSignal | undefined) {
    this.#name = name;
    this.signal = signal ? AbortSignal.any([signal, this.#timeout.signal]) : this.#timeout.signal;
  }

  /** Gives it another `timeoutMs`. */
  feed(timeoutMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const message = `${this.#name}: no picture came within ${timeoutMs / 1000} s.`;
      this.#timeout.abort(new SourceError('TIMEOUT', message));
    }, timeoutMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
