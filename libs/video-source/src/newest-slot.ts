/** A mailbox for one value: a newer one takes the place of one that nobody has fetched. */
export class NewestSlot<T> {
  replaced = 0;
  #value: T | undefined;
  #over: { error?: unknown } | undefined;
  #wake: (() => void) | undefined;

  put(value: T): void {
    if (this.#value !== undefined) this.replaced += 1;
    this.#value = value;
    this.#wake?.();
  }

  /** No value comes any more; told after the last one. */
  end(): void {
    this.#finish({});
  }

  /** As `end`, with a reason. */
  fail(error: unknown): void {
    this.#finish({ error });
  }

  /** The next value, null after the end; one taker at a time. @throws what `fail` was given */
  async take(): Promise<T | null> {
    while (this.#value === undefined) {
      if (this.#over && 'error' in this.#over) throw this.#over.error;
      if (this.#over) return null;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const value = this.#value;
    this.#value = undefined;
    return value;
  }

  #finish(how: { error?: unknown }): void {
    this.#over ??= how;
    this.#wake?.();
  }
}
