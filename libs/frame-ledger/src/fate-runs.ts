import type { EdgeFate } from '@framegate/contracts';

/** Frames `from` to `to` (inclusive seq) and what is true of them. */
type Run<T> = [from: number, to: number, value: T];

/** Collects what is true of single frames, in any order, and gives it away as runs. */
export interface FateRuns<T = EdgeFate> {
  add(seq: number, value: T): void;
  /** Everything since the last call, as runs ordered by seq. */
  take(): Run<T>[];
  readonly isEmpty: boolean;
}

export function createFateRuns<T = EdgeFate>(): FateRuns<T> {
  /** In the order of `add`; joined as they come, because a broker may be away for hours. */
  let pending: Run<T>[] = [];
  return {
    add: (seq, value) => extend(pending, [seq, seq, value]),
    take: () => {
      const runs: Run<T>[] = [];
      for (const run of pending.toSorted(([a], [b]) => a - b)) extend(runs, run);
      pending = [];
      return runs;
    },
    get isEmpty() {
      return pending.length === 0;
    },
  };
}

function extend<T>(runs: Run<T>[], [from, to, value]: Run<T>): void {
  const last = runs.at(-1);
  if (last && last[2] === value && last[1] + 1 === from) last[1] = to;
  else runs.push([from, to, value]);
}
