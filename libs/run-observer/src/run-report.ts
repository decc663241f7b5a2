import type { CloudCounts, DecisionRecord, EdgeCounts } from '@framegate/contracts';
import type { LatencyHistogram, SloSummary } from '@framegate/control';
import { cloudBalance, edgeBalance } from '@framegate/frame-ledger';
import type { RunObserver } from './run-observer.ts';

/** The ledger of a run as its reports show it. */
export interface RunLedger {
  readonly edge: EdgeCounts;
  readonly bus: { readonly onBus: number; readonly expiredOnBus: number };
  readonly cloud: CloudCounts;
  readonly unknownAtCrash: number;
  readonly balanced: boolean;
}

/**
 * `onBus` is what was published and not taken yet; below 0 the ledger can't balance.
 * @param drained everything has come to rest: a frame that is neither at the edge nor in the cloud was lost
 */
export function runLedger(edge: EdgeCounts, cloud: CloudCounts, drained = false): RunLedger {
  const onBus = edge.published + edge.backfilled - cloud.received - cloud.quarantined;
  const cloudSums = cloudBalance(cloud);
  const balanced =
    edgeBalance(edge) === 0 &&
    cloudSums.delivered === 0 &&
    cloudSums.received === 0 &&
    (drained ? onBus === 0 : onBus >= 0);
  return { edge, bus: { onBus, expiredOnBus: 0 }, cloud, unknownAtCrash: 0, balanced };
}

/** What is true of the machine, for the reader of a report. */
export type ReportEnvironment = Readonly<Record<string, string | number>>;

export interface RunReport {
  readonly schema: 'framegate.report/1';
  readonly kind: 'demo' | 'bench';
  readonly startedAt: string;
  readonly durationSeconds: number;
  readonly environment: ReportEnvironment;
  readonly ledger: RunLedger;
  readonly latencyMs: LatencyReport;
  readonly slo: { readonly objectiveMs: number; readonly target: number } & SloSummary;
  readonly bandwidth: { readonly publishedBytes: number; readonly fullRateBytes: number };
  readonly decisions: readonly DecisionRecord[];
  readonly results: readonly unknown[];
}

interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

interface LatencyReport extends Quantiles {
  readonly count: number;
  readonly max: number;
  readonly overhead: Quantiles;
  readonly byStage: Readonly<Record<string, Quantiles>>;
}

export interface ReportOptions {
  readonly kind: RunReport['kind'];
  readonly startedAtUs: number;
  readonly endedAtUs: number;
  readonly environment: ReportEnvironment;
  readonly objectiveMs: number;
  readonly target: number;
}

/**
 * The `framegate.report/1` document of a run that has been drained. `fullRateBytes` is what the captured frames would have weighed,
 * each taken as the mean of those that were sent.
 */
export function runReport(run: RunObserver, options: ReportOptions): RunReport {
  const edge = run.edge();
  const sent = edge.published + edge.backfilled;
  const publishedBytes = run.publishedBytes();
  return {
    schema: 'framegate.report/1',
    kind: options.kind,
    startedAt: new Date(options.startedAtUs / 1000).toISOString(),
    durationSeconds: (options.endedAtUs - options.startedAtUs) / 1e6,
    environment: options.environment,
    ledger: runLedger(edge, run.cloud(), true),
    latencyMs: latencyReport(run.latencies),
    slo: { objectiveMs: options.objectiveMs, target: options.target, ...run.slo() },
    bandwidth: {
      publishedBytes,
      fullRateBytes: sent === 0 ? 0 : Math.round((publishedBytes / sent) * edge.captured),
    },
    decisions: run.decisions(),
    results: run.cameras(),
  };
}

function latencyReport({ total, overhead, byStage }: RunObserver['latencies']): LatencyReport {
  const stageQuantiles = [...byStage].map(([stage, histogram]) => [stage, quantiles(histogram)] as const);
  return {
    count: total.count,
    ...quantiles(total),
    max: total.max,
    overhead: quantiles(overhead),
    byStage: Object.fromEntries(stageQuantiles),
  };
}

function quantiles(histogram: LatencyHistogram): Quantiles {
  const round = (ms: number): number => Math.round(ms * 1000) / 1000;
  return {
    p50: round(histogram.quantile(0.5)),
    p95: round(histogram.quantile(0.95)),
    p99: round(histogram.quantile(0.99)),
  };
}
