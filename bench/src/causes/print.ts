import { causes, quantileOf } from '@framegate/control';
import type { DoubleRow, QuietRow, SingleRow } from '../causes.ts';

export interface CausesResults {
  readonly singles: readonly SingleRow[];
  readonly doubles: readonly DoubleRow[];
  readonly quiet: readonly QuietRow[];
  readonly unbroken: number;
  readonly stepMs: { readonly kept: number; readonly broken: number };
}

export function printCauses({ singles, doubles, quiet, unbroken, stepMs }: CausesResults): string {
  const right = singles.filter(({ cause, blamed }) => cause === blamed);
  const delays = right.map(({ delaySeconds }) => delaySeconds);
  const kept = quiet.filter(({ isKept }) => isKept);
  return [
    `single faults: ${share(right.length, singles.length)} have the right cause first within 5 s, ` +
      `${share(singles.filter(({ isPlaceRight }) => isPlaceRight).length, singles.length)} at the right place; ` +
      `from the first violation-second p50 ${quantileOf(delays, 0.5)} s, p95 ${quantileOf(delays, 0.95)} s ` +
      `(${unbroken} more faults broke no promise)`,
    ...confusion(singles),
    '',
    `double faults: ${share(doubles.filter(({ isRight }) => isRight).length, doubles.length)} have the right two causes first`,
    ...worstPairs(doubles),
    '',
    `quiet minutes: ${share(kept.filter(({ blamed }) => blamed.length === 0).length, kept.length)} without a blame ` +
      `(${quiet.length - kept.length} more in which natural unrest broke the promise)`,
    '',
    `a step for 1,000 cameras: ${stepMs.kept.toFixed(1)} ms of CPU in peace, ${stepMs.broken.toFixed(1)} ms in trouble`,
    '',
  ].join('\n');
}

function confusion(rows: readonly SingleRow[]): string[] {
  const columns = [...causes, 'none'] as const;
  const width = 8;
  const head = `${'fault'.padEnd(18)}${columns.map((name) => name.slice(0, width - 1).padStart(width)).join('')}`;
  return [
    head,
    ...causes.map((cause) => {
      const own = rows.filter((row) => row.cause === cause);
      const counts = columns.map((name) => own.filter(({ blamed }) => blamed === name).length);
      return `${cause.padEnd(18)}${counts.map((n) => (n === 0 ? '.' : String(n)).padStart(width)).join('')}`;
    }),
  ];
}

function worstPairs(rows: readonly DoubleRow[]): string[] {
  const byPair = Map.groupBy(rows, ({ causes: pair }) => pair.join(' + '));
  const pairs = [...byPair].map(([pair, own]) => ({
    pair,
    wrong: own.filter(({ isRight }) => !isRight).length,
    count: own.length,
  }));
  return pairs
    .filter(({ wrong }) => wrong > 0)
    .toSorted((a, b) => b.wrong / b.count - a.wrong / a.count)
    .map(({ pair, wrong, count }) => `  ${pair.padEnd(36)} ${wrong} of ${count} wrong`);
}

function share(part: number, whole: number): string {
  return whole === 0 ? 'none of 0' : `${((100 * part) / whole).toFixed(1)} % of ${whole}`;
}
