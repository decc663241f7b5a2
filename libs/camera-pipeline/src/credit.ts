/** A counting semaphore: `take` waits while all is taken. With infinite credit it never waits. */
export interface Credit {
  take(): Promise<void>;
  give(): void;
  /** Nobody waits any more. */
  open(): void;
}

export function createCredit(amount: number): Credit {
  let free = amount;
  const waiting: (() => void)[] = [];
  return {
    take() {
      if (free > 0) {
        free -= 1;
        return Promise.resolve();
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    give() {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    },
    open() {
      free = Number.POSITIVE_INFINITY;
      waiting.splice(0).forEach((next) => next());
    },
  };
}
