/** A condition variable: waiters look again at what they wait for after each `notify`. */
export class Condition {
  #waiters: (() => void)[] = [];

  notify(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }

  next(): Promise<void> {
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await this.next();
  }
}
