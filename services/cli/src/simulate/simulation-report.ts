import type { ReportEnvironment } from '@framegate/run-observer';
import type { ComparedRun, Duel, RunResult, SummaryRow } from '@framegate/simulation';

/** The `framegate.report/1` document of a comparison. A figure that does not exist is null. */
export interface SimulationReport {
  readonly schema: 'framegate.report/1';
  readonly kind: 'simulation';
  readonly startedAt: string;
  readonly durationSeconds: number;
  readonly environment: ReportEnvironment;
  /** One for each scenario and policy. */
  readonly results: readonly SummaryRow[];
  /** Ours against each adaptive baseline. */
  readonly duels: readonly Duel[];
  /** Every run without its seconds. */
  readonly runs: readonly (ComparedRun & Pick<RunResult, 'ledger'>)[];
}

export function simulationReport(
  runs: readonly RunResult[],
  compared: { readonly rows: readonly SummaryRow[]; readonly duels: readonly Duel[] },
  made: Pick<SimulationReport, 'startedAt' | 'durationSeconds' | 'environment'>,
): SimulationReport {
  return {
    schema: 'framegate.report/1',
    kind: 'simulation',
    ...made,
    results: compared.rows,
    duels: compared.duels,
    runs: runs.map(({ scenario, policy, seed, totals, cameras, ledger }) => ({
      scenario,
      policy,
      seed,
      totals,
      cameras,
      ledger,
    })),
  };
}
