/** What ended a command that its user stopped. */
class Interrupted extends Error {
  override readonly name = 'Interrupted';
  /** 128 + SIGINT, as shells have it. */
  readonly exitCode = 130;
}

/**
 * Runs work that can be stopped: the first SIGINT or SIGTERM aborts its signal with an `Interrupted` that carries
 * `message`, so that it can tidy up; the second ends the process at once.
 */
export async function stoppable<T>(message: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const reason = new Interrupted(message);
  const onSignal = (): void => (stop.signal.aborted ? process.exit(reason.exitCode) : stop.abort(reason));
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    return await work(stop.signal);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}
