import type { BusState } from '@framegate/message-bus';

/** Tells when an outage of some length is over: a short one has left nothing behind. */
export class OutageWatch {
  readonly #leastMs: number;
  readonly #nowMs: () => number;
  readonly #onOver: () => void;
  #sinceMs: number | undefined;

  /** @param nowMs monotonic */
  constructor(leastMs: number, nowMs: () => number, onOver: () => void) {
    this.#leastMs = leastMs;
    this.#nowMs = nowMs;
    this.#onOver = onOver;
  }

  /** Told of each state, also of one that stays. */
  enter(state: BusState): void {
    if (state !== 'connected') {
      this.#sinceMs ??= this.#nowMs();
      return;
    }
    const lastedMs = this.#sinceMs === undefined ? 0 : this.#nowMs() - this.#sinceMs;
    this.#sinceMs = undefined;
    if (lastedMs >= this.#leastMs) this.#onOver();
  }
}
