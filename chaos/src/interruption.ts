/** What a signal is to a program with faults and processes of its own. */
export interface Interruption {
  /** From now on the first signal aborts this and says so; before, and the second time, a signal ends the program. */
  listen(saying: string): AbortSignal;
  readonly happened: boolean;
}

const exitCode = 130;

/** Leaving through `exit` takes the processes along that were started. */
export function listenForInterruption(say: (line: string) => void): Interruption {
  const interrupt = new AbortController();
  let saying: string | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    // With the terminal gone nobody can send a second one.
    if (signal === 'SIGHUP' || saying === undefined || interrupt.signal.aborted) process.exit(exitCode);
    say(saying);
    interrupt.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  return {
    listen(text) {
      saying = text;
      return interrupt.signal;
    },
    get happened() {
      return interrupt.signal.aborted;
    },
  };
}
