/** Does a task again and again; it never overlaps itself. */
export interface Ticker {
  /** No further run; resolves when a running one is over. */
  stop(): Promise<void>;
}

/** @param onError told of a run that failed; the next one comes all the same */
export function startTicker(
  everyMs: number,
  task: () => Promise<void>,
  onError: (error: unknown) => void,
): Ticker {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= task()
      .catch(onError)
      .finally(() => (running = undefined));
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
