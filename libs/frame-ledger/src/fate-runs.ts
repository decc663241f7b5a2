import type { EdgeFate, FateRun } from '@framegate/contracts';

/** Collects fates of single frames, in any order, and gives them away as runs. */
export interface FateRuns {
  add(seq: number, fate: EdgeFate): void;
  /** Everything since the last call, as runs ordered by seq. */
  take(): FateRun[];
  readonly isEmpty: boolean;
}

export function createFateRuns(): FateRuns {
  let pending: { seq: number; fate: EdgeFate }[] = [];
  return {
    add: (seq, fate) => void pending.push({ seq, fate }),
    take: () => {
      const runs = joinRuns(pending);
      pending = [];
      return runs;
    },
    get isEmpty() {
      return pending.length === 0;
    },
  };
}

function joinRuns(fates: { seq: number; fate: EdgeFate }[]): FateRun[] {
  const runs: [number, number, EdgeFate][] = [];
  for (const { seq, fate } of fates.toSorted((a, b) => a.seq - b.seq)) {
    const last = runs.at(-1);
    if (last && last[2] === fate && last[1] + 1 === seq) last[1] = seq;
    else runs.push([seq, seq, fate]);
  }
  return runs;
}
