import { spread } from '../spread.ts';
import type { BenchReport, Ratio } from './bench-report.ts';

export type Direction = 'better' | 'worse' | 'same';

export interface Change {
  readonly bench: string;
  readonly name: string;
  /** Medians. */
  readonly before: number;
  readonly after: number;
  /** Relative, positive is better. */
  readonly gain: number;
  readonly direction: Direction;
  readonly isRobust: boolean;
}

/**
 * How ratios differ between two sets of reports. Better or worse is only what lies outside of what chance does: no
 * round of one side reaches into the other's, or for few rounds (Mann-Whitney, two-sided) p < 0.05. What comes out the
 * same each time (one round on both sides) differs when it differs.
 */
export function compareReports(before: readonly BenchReport[], after: readonly BenchReport[]): Change[] {
  return after.flatMap((report) => {
    const old = before.find(({ bench }) => bench === report.bench);
    return report.ratios.flatMap((ratio) => {
      const earlier = old?.ratios.find(({ name }) => name === ratio.name);
      return earlier ? [changeOf(report.bench, earlier, ratio)] : [];
    });
  });
}

function changeOf(bench: string, before: Ratio, after: Ratio): Change {
  const [from, to] = [spread(before.rounds).median, spread(after.rounds).median];
  const change = from === 0 ? Math.sign(to - from) : (to - from) / Math.abs(from);
  const gain = after.better === 'higher' ? change : -change;
  const differs = isSignificant(before.rounds, after.rounds);
  return {
    bench,
    name: after.name,
    before: from,
    after: to,
    gain,
    direction: !differs || gain === 0 ? 'same' : gain > 0 ? 'better' : 'worse',
    isRobust: before.isRobust && after.isRobust,
  };
}

const normalQuantile = 1.96;

/** Mann and Whitney, Annals of Mathematical Statistics 18 (1947), by the normal approximation with ties. */
function isSignificant(a: readonly number[], b: readonly number[]): boolean {
  if (a.length === 1 && b.length === 1) return a[0] !== b[0];
  const all = [...a, ...b].toSorted((x, y) => x - y);
  const rankOf = (value: number): number => (all.indexOf(value) + all.lastIndexOf(value)) / 2 + 1;
  const [n, m] = [a.length, b.length];
  const u = a.reduce((sum, value) => sum + rankOf(value), 0) - (n * (n + 1)) / 2;
  const ties = [...Map.groupBy(all, (value) => value).values()].reduce(
    (sum, { length }) => sum + length ** 3 - length,
    0,
  );
  const total = n + m;
  const variance = ((n * m) / 12) * (total + 1 - ties / (total * (total - 1)));
  // Half a rank: the statistic moves in whole ones.
  return variance > 0 && Math.max(0, Math.abs(u - (n * m) / 2) - 0.5) / Math.sqrt(variance) > normalQuantile;
}
