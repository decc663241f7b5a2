export interface Way<Run> {
  readonly name: string;
  readonly run: () => Promise<Run> | Run;
}

export interface Rounds {
  /** Of each way, in turn. */
  readonly rounds: number;
  /** Runs of each way before, which don't count. */
  readonly warmUps?: number;
  readonly onRun?: (done: number, inAll: number, name: string) => void;
}

/**
 * Runs the ways in turn (A B C A B C), so that what else the machine does meets all alike.
 * Each second round goes backwards: none always runs behind the same other.
 * @returns for each way its runs, in the order of the rounds
 */
export async function interleave<Run>(
  ways: readonly Way<Run>[],
  { rounds, warmUps = 1, onRun = () => {} }: Rounds,
): Promise<Map<string, Run[]>> {
  const runs = new Map<string, Run[]>(ways.map(({ name }) => [name, []]));
  const inAll = (rounds + warmUps) * ways.length;
  let done = 0;
  for (let round = -warmUps; round < rounds; round++) {
    const order = round % 2 === 0 ? ways : ways.toReversed();
    for (const { name, run } of order) {
      onRun(done++, inAll, name);
      const result = await run();
      if (round >= 0) runs.get(name)?.push(result);
    }
  }
  return runs;
}

/** Ours over theirs, round by round. */
export function ratiosOf<Run>(
  own: readonly Run[],
  others: readonly Run[],
  value: (run: Run) => number,
): number[] {
  return own.map((run, round) => {
    const other = others[round];
    return other === undefined ? Number.NaN : value(run) / value(other);
  });
}
