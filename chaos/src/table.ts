import type { ChaosReport } from './report/chaos-report.ts';

/** What held in each experiment, as a table of Markdown. */
export function table(reports: readonly ChaosReport[]): string {
  const rows = reports.map(({ title, ledger, spool, faults, latencyMs, results }) => {
    const recoveries = faults.map(({ recoverySeconds }) => recoverySeconds?.toFixed(1) ?? 'never');
    const failed = results.filter(({ holds }) => !holds);
    return [
      title,
      `${ledger.lost} / ${ledger.doubled}`,
      String(ledger.unknownAtCrash),
      `${ledger.edge.backfilled} of ${spool.mostFrames ?? '?'}`,
      recoveries.join(', '),
      String(Math.round(latencyMs.p95)),
      failed.length === 0 ? `all ${results.length}` : `not: ${failed.map(({ says }) => says).join('; ')}`,
    ];
  });
  const head = ['experiment', 'lost / doubled', 'unknown', 'backfilled of most spooled', 'recovery, s', 'p95, ms', 'held']; // prettier-ignore
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
