import { format } from 'd3-format';
import { spread } from '../spread.ts';
import type { BenchReport, Ratio } from './bench-report.ts';

/** A report for a terminal: the question, ratios, the table, what is missing. */
export function benchText(report: BenchReport): string {
  return [
    report.question,
    '',
    ...report.ratios.map(ratioText),
    ...(report.ratios.length > 0 ? [''] : []),
    ...tableText(report),
    ...report.notes.map((note) => `\n${note}`),
    ...report.missing.map((peer) => `\nnot counted: ${peer}`),
    '',
  ].join('\n');
}

export function ratioText({ name, better, rounds, goal }: Ratio): string {
  const { median, least, most } = spread(rounds);
  const range = rounds.length > 1 ? ` (${figure(least)} to ${figure(most)} in ${rounds.length} rounds)` : '';
  return `${name}: ${figure(median)}${range}${goal === undefined ? '' : goalText({ better, median, goal })}`;
}

function goalText(of: { better: Ratio['better']; median: number; goal: number }): string {
  const words = `${of.better === 'higher' ? 'at least' : 'at most'} ${of.goal}`;
  return `; goal ${words}: ${isReached(of) ? 'reached' : 'missed'}`;
}

export function isReached(of: { better: Ratio['better']; median: number; goal: number }): boolean {
  return of.better === 'higher' ? of.median >= of.goal : of.median <= of.goal;
}

function figure(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function tableText({ columns, rows }: BenchReport): string[] {
  const texts = rows.map((row) => row.map((cell, index) => cellText(cell, columns[index]?.format)));
  const lines = [columns.map(({ label }) => label), ...texts];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => (line[index] ?? '').length)));
  return lines.map((line) =>
    line
      .map((text, index) => (index === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

export function cellText(cell: string | number | null, written = ''): string {
  if (cell === null) return '-';
  if (typeof cell === 'string') return cell;
  return written === '' ? String(cell) : format(written)(cell);
}
