import type { Duel, Estimate, SummaryRow } from '@framegate/simulation';

const headings = [
  'policy',
  'violations',
  'recovery',
  'useful',
  'regret',
  'switches/min',
  'MB',
  'p95 ms',
  'Jain',
  'worst',
];

/** The comparison for a person at a terminal: a table for each scenario, then ours against each baseline. */
export function summaryText(rows: readonly SummaryRow[], duels: readonly Duel[]): string {
  const sections = [...Map.groupBy(rows, ({ scenario }) => scenario)].map(([scenario, own]) =>
    [
      `${scenario} (${own[0]?.seeds ?? 0} seeds)`,
      ...table([headings, ...own.map(cellsOf)]),
      ...duels.filter((duel) => duel.scenario === scenario).map(duelLine),
    ].join('\n'),
  );
  return `${sections.join('\n\n')}\n`;
}

function cellsOf(row: SummaryRow): string[] {
  return [
    row.policy,
    withInterval(row.violationSeconds, 1),
    number(row.recoverySecondsP95, 0),
    withInterval(row.usefulFrames, 0),
    Number.isNaN(row.regret.mean) ? '-' : `${number(row.regret.mean * 100, 1)} %`,
    number(row.switchesPerMinute.mean, 1),
    number(row.publishedMegabytes.mean, 1),
    number(row.latencyP95Ms.mean, 0),
    number(row.jain.mean, 3),
    `${number(row.worstCameraOnTimeShare.mean * 100, 1)} %`,
  ];
}

function duelLine({ baseline, counts, usefulRatio, violationRatio }: Duel): string {
  const useful = `${withInterval(usefulRatio, 2)} times its useful frames`;
  const verdict = counts ? '' : ' (delivers too little to be compared)';
  return `  against ${baseline}: ${withInterval(violationRatio, 2)} times its avoidable violation-seconds, ${useful}${verdict}`;
}

function withInterval({ mean, low, high }: Estimate, digits: number): string {
  if (Number.isNaN(mean)) return '-';
  if (low === high) return number(mean, digits);
  return `${number(mean, digits)} (${number(low, digits)}..${number(high, digits)})`;
}

function number(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : Number.isNaN(value) ? '-' : 'inf';
}

/** Columns as wide as they need; the first to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
