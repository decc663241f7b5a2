import { cellText, ratioText } from './bench-text.ts';
import type { BenchReport } from './bench-report.ts';

/** The reports as a document in Markdown: the figures beside the commands that print them. */
export function benchMarkdown(reports: readonly BenchReport[]): string {
  const [first] = reports;
  const machine = Object.entries(first?.environment ?? {}).map(([name, value]) => `${name} ${value}`);
  return [
    '# Benchmarks',
    '',
    `Measured on ${first?.startedAt.slice(0, 10)} (${machine.join(', ')}) by \`npx -y pnpm@12 bench all\`; written by \`npx -y pnpm@12 bench report\`. Ways were run in turn within one run: ratios say more than absolute figures. In brackets the least and the most of the rounds.`,
    ...reports.flatMap(sectionOf),
  ].join('\n');
}

function sectionOf({ question, command, ratios, columns, rows, notes, missing }: BenchReport): string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const table = rows.map((row) => line(row.map((cell, index) => cellText(cell, columns[index]?.format))));
  return [
    '',
    `## ${question.charAt(0).toUpperCase()}${question.slice(1)}`,
    '',
    `\`${command}\``,
    '',
    ...ratios.map((ratio) => `- ${ratioText(ratio)}`),
    ...(ratios.length > 0 ? [''] : []),
    ...(rows.length > 0
      ? [
          line(columns.map(({ label }) => label)),
          line(columns.map((_, index) => (index === 0 ? '---' : '--:'))),
          ...table,
          '',
        ]
      : []),
    ...notes.flatMap((note) => [note, '']),
    ...missing.flatMap((peer) => [`Not counted: ${peer}`, '']),
  ].slice(0, -1);
}
