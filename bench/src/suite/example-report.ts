import type { BenchReport } from './bench-report.ts';

/** A report for tests. */
export function exampleReport(over: Partial<BenchReport> = {}): BenchReport {
  return {
    schema: 'framegate.report/1',
    kind: 'bench',
    bench: 'example',
    question: 'how fast?',
    command: 'npx -y pnpm@12 bench example',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationSeconds: 1,
    environment: { cpu: 'a processor', cores: 2 },
    ratios: [{ name: 'ours over theirs', better: 'higher', rounds: [1.5, 1.4], isRobust: false }],
    columns: [{ label: 'way' }, { label: 'frames/s', format: '.1f' }],
    rows: [
      ['framegate', 30],
      ['theirs', 20],
    ],
    plot: null,
    peers: {},
    missing: [],
    notes: [],
    ...over,
  };
}
