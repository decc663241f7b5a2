/** A mailbox for one value: a newer one takes the place of one that nobody has fetched. */
export class NewestSlot<T> {
  replaced = 0;
  #value: T | undefined;
  #failure: { error: unknown } | undefined;
  #wake: (() => void) | undefined;

  put(value: T): void {
    if (this.#value !== undefined) this.replaced += 1;
    this.#value = value;
    this.#wake?.();
  }

  /** Taken after the last value. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake?.();
  }

  /** One taker at a time. @throws what `fail` was given, once no value is left */
  async take(): Promise<T> {
    while (this.#value === undefined) {
      if (this.#failure) throw this.#failure.error;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const value = this.#value;
    this.#value = undefined;
    return value;
  }
}
