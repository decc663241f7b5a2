import type { EdgeFate, FateRun } from '@framegate/contracts';

/** Collects fates of single frames, in any order, and gives them away as runs. */
export interface FateRuns {
  add(seq: number, fate: EdgeFate): void;
  /** Everything since the last call, as runs ordered by seq. */
  take(): FateRun[];
  readonly isEmpty: boolean;
}

export function createFateRuns(): FateRuns {
  /** In the order of `add`; joined as they come, because a broker may be away for hours. */
  let pending: Run[] = [];
  return {
    add: (seq, fate) => extend(pending, [seq, seq, fate]),
    take: () => {
      const runs: Run[] = [];
      for (const run of pending.toSorted(([a], [b]) => a - b)) extend(runs, run);
      pending = [];
      return runs;
    },
    get isEmpty() {
      return pending.length === 0;
    },
  };
}

type Run = [from: number, to: number, fate: EdgeFate];

function extend(runs: Run[], [from, to, fate]: Run): void {
  const last = runs.at(-1);
  if (last && last[2] === fate && last[1] + 1 === from) last[1] = to;
  else runs.push([from, to, fate]);
}
