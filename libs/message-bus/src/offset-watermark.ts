/**
 * The offset that may be committed for one partition while deliveries settle in any order: everything below it is
 * settled or was never there. Offsets start in ascending order, with gaps where a log was compacted.
 */
export class OffsetWatermark {
  #committable: bigint;
  #lastStarted: bigint;
  /** Offsets between the watermark and the newest start, in order; `true` once settled. */
  readonly #started = new Map<bigint, boolean>();
  #unsettled = 0;

  constructor(next: bigint) {
    this.#committable = next;
    this.#lastStarted = next - 1n;
  }

  /** The next offset to read after a restart. */
  get committable(): bigint {
    return this.#committable;
  }

  get unsettled(): number {
    return this.#unsettled;
  }

  start(offset: bigint): void {
    if (offset <= this.#lastStarted) {
      throw new RangeError(`offset ${offset} started after ${this.#lastStarted}; offsets must ascend`);
    }
    if (this.#started.size === 0) this.#committable = offset;
    this.#lastStarted = offset;
    this.#started.set(offset, false);
    this.#unsettled += 1;
  }

  /** Settling an unknown or settled offset changes nothing. */
  settle(offset: bigint): void {
    if (this.#started.get(offset) !== false) return;
    this.#started.set(offset, true);
    this.#unsettled -= 1;
    this.#advance();
  }

  #advance(): void {
    for (const [offset, settled] of this.#started) {
      if (!settled) {
        this.#committable = offset;
        return;
      }
      this.#started.delete(offset);
    }
    this.#committable = this.#lastStarted + 1n;
  }
}
