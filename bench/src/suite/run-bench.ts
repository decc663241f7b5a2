import { basename } from 'node:path';
import { benches } from '../benches.ts';
import { showProgress } from '@framegate/service-load/show-progress';
import type { BenchReport } from './bench-report.ts';
import { benchReportSchema } from './bench-report.ts';
import { benchText } from './bench-text.ts';
import { ConfigError, machine } from '@framegate/service-kit';

/** What a bench found out itself; the rest is the same for all. */
export type Finding = Pick<BenchReport, 'ratios' | 'columns' | 'rows' | 'plot' | 'missing' | 'notes'> &
  Partial<Pick<BenchReport, 'peers'>>;

/**
 * Runs a bench of the suite and prints what it found, as text or as JSON. What was asked for and only shows to be
 * impossible while it measures (ConfigError) is told without a stack, and ends the program with code 2.
 */
export async function runBench(isJson: boolean, measure: () => Promise<Finding>): Promise<void> {
  const startedAt = new Date();
  const startedMs = performance.now();
  const finding = await measure().catch(endOnMistakes);
  showProgress('');
  const [, program = '', ...options] = process.argv;
  const [bench = basename(program, '.ts'), entry] =
    [...benches].find(([, { file }]) => basename(file) === basename(program)) ?? [];
  const report = benchReportSchema.parse({
    ...withoutGaps(finding),
    schema: 'framegate.report/1',
    kind: 'bench',
    bench,
    question: entry?.question ?? '',
    command: ['npx -y pnpm@12 bench', bench, ...options.filter((option) => option !== '--json')].join(' '),
    startedAt: startedAt.toISOString(),
    durationSeconds: (performance.now() - startedMs) / 1000,
    environment: machine(),
  });
  process.stdout.write(isJson ? `${JSON.stringify(report, null, 2)}\n` : benchText(report));
}

function endOnMistakes(error: unknown): never {
  if (!(error instanceof ConfigError)) throw error;
  showProgress('');
  process.stderr.write(`${error.message}\n`);
  process.exit(error.exitCode);
}

/** What could not be measured (NaN) is null in tables and plots, and no ratio. */
function withoutGaps({ ratios, rows, plot, ...finding }: Finding): Finding {
  const measured = ratios.map((ratio) => ({ ...ratio, rounds: ratio.rounds.filter(Number.isFinite) }));
  return {
    ...finding,
    ratios: measured.filter(({ rounds }) => rounds.length > 0),
    rows: rows.map((row) =>
      row.map((cell) => (typeof cell === 'number' && !Number.isFinite(cell) ? null : cell)),
    ),
    plot: plot && plotWithoutGaps(plot),
  };
}

function plotWithoutGaps(plot: NonNullable<BenchReport['plot']>): BenchReport['plot'] {
  if (plot.kind === 'bars') {
    const series = plot.series.map(({ label, values }) => ({
      label,
      values: values.map((each) => (each && Number.isFinite(each.value) ? each : null)),
    }));
    return { ...plot, series };
  }
  const series = plot.series.map(({ label, points }) => ({
    label,
    points: points.map((point) => (Number.isFinite(point.y) ? point : { x: point.x, y: null })),
  }));
  return { ...plot, series };
}
