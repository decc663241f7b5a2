const free = 0;
const stopped = 1;

/**
 * A counting semaphore in memory that two threads share. A thread that decodes is never in its event loop,
 * so messages would not reach it; here it sleeps until it may go on, and is told to stop.
 */
export interface SharedCredit {
  /** Blocks the thread until there is credit: true. False: it is to stop. */
  take(): boolean;
  give(): void;
  /** Ends every wait, now and later. */
  stop(): void;
  readonly isStopped: boolean;
}

/** The memory of a semaphore with this much credit, to be handed to both threads. */
export function creditMemory(amount: number): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
  new Int32Array(memory)[free] = amount;
  return memory;
}

export function openCredit(memory: SharedArrayBuffer): SharedCredit {
  const cells = new Int32Array(memory);
  const isStopped = (): boolean => Atomics.load(cells, stopped) === 1;
  return {
    take() {
      for (;;) {
        if (isStopped()) return false;
        const left = Atomics.load(cells, free);
        if (left <= 0) Atomics.wait(cells, free, left);
        else if (Atomics.compareExchange(cells, free, left, left - 1) === left) return true;
      }
    },
    give() {
      Atomics.add(cells, free, 1);
      Atomics.notify(cells, free);
    },
    stop() {
      Atomics.store(cells, stopped, 1);
      // A changed value, or a thread that is just about to wait would sleep for ever.
      Atomics.add(cells, free, 1);
      Atomics.notify(cells, free);
    },
    get isStopped() {
      return isStopped();
    },
  };
}
