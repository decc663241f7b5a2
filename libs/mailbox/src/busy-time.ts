/** Work of one lane: how much of it goes on, and the time that it took. */
export interface BusyTime {
  begin(): Run;
  readonly running: number;
  /** Of all runs, those that go on up to now: a worker that has long not answered is busy, not idle. */
  totalMs(): number;
}

interface Run {
  readonly startedAtUs: number;
  /** @returns what it took, ms */
  end(): number;
}

export function createBusyTime(nowUs: () => number): BusyTime {
  const runs = new Set<Run>();
  let endedMs = 0;
  const since = ({ startedAtUs }: Run): number => (nowUs() - startedAtUs) / 1000;
  return {
    begin() {
      const run: Run = {
        startedAtUs: nowUs(),
        end() {
          const tookMs = since(run);
          if (runs.delete(run)) endedMs += tookMs;
          return tookMs;
        },
      };
      runs.add(run);
      return run;
    },
    get running() {
      return runs.size;
    },
    totalMs: () => [...runs].reduce((sum, run) => sum + since(run), endedMs),
  };
}
