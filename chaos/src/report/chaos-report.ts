import type { DecisionRecord } from '@framegate/contracts';
import { quantileOf } from '@framegate/control';
import type { Audit } from '@framegate/frame-ledger';
import { discarded } from '@framegate/frame-ledger';
import { machine } from '@framegate/service-kit';
import type { Verdict } from '../judge.ts';
import type { ReadExperiment } from '../read-experiment.ts';
import type { LiveResult, SiteSample } from './watch.ts';

/** A fault as it really was. */
export interface FaultWindow {
  readonly name: string;
  readonly kind: string;
  /** Seconds since the start of the experiment. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** From its end until every camera had a live result within its objective again; null: never. */
  readonly recoverySeconds: number | null;
}

export interface Measured {
  readonly startedAt: Date;
  readonly durationSeconds: number;
  readonly seed: number;
  readonly windows: readonly Omit<FaultWindow, 'recoverySeconds'>[];
  readonly results: readonly LiveResult[];
  readonly lateResults: number;
  readonly samples: readonly SiteSample[];
  readonly decisions: readonly DecisionRecord[];
  readonly audit: Audit;
  /** null: the logs were not read. */
  readonly linesWithSecrets: number | null;
}

/** The `framegate.report/1` document of an experiment; its ledger is that of the auditor, which reads topics alone. */
export function chaosReport({ name, experiment }: ReadExperiment, measured: Measured) {
  const { audit, results, samples } = measured;
  const latencies = results.map(({ latencyMs }) => latencyMs).toSorted((a, b) => a - b);
  const onTime = results.filter(({ latencyMs, objectiveMs }) => latencyMs <= objectiveMs).length;
  const faults = measured.windows.map((window) => ({
    ...window,
    recoverySeconds: recoveryOf(window, measured),
  }));
  const last = faults.toSorted((a, b) => a.toSeconds - b.toSeconds).at(-1);
  const { edge, bus, cloud, unknownAtCrash, unknownFrames, lost, doubled, complaints } = audit;
  return {
    schema: 'framegate.report/1' as const,
    kind: 'chaos' as const,
    name,
    title: experiment.title,
    seed: measured.seed,
    startedAt: measured.startedAt.toISOString(),
    durationSeconds: measured.durationSeconds,
    environment: machine(),
    ledger: {
      edge,
      bus,
      cloud,
      unknownAtCrash,
      unknownFrames,
      /** In seconds of all cameras' frames. */
      unknownSeconds: unknownAtCrash / (experiment.start.cameras * experiment.start.framesPerSecond),
      discardedForBus:
        discarded(edge) - (edge.discarded['late'] ?? 0) - (edge.discarded['staleKeepAlive'] ?? 0),
      lost,
      doubled,
      balanced: complaints.length === 0,
      complaints: complaints.slice(0, 20),
    },
    latencyMs: {
      count: latencies.length,
      p50: quantileOf(latencies, 0.5),
      p95: quantileOf(latencies, 0.95),
      p99: quantileOf(latencies, 0.99),
      max: latencies.at(-1) ?? 0,
    },
    /** Of the live frames that got a result. */
    slo: { onTimeShare: latencies.length === 0 ? null : onTime / latencies.length },
    spool: {
      mostFrames: mostOf(samples.map(({ spoolFrames }) => spoolFrames)),
      leftFrames: edge.spooled,
      lateResults: measured.lateResults,
    },
    faults,
    /** After the fault that ended last. */
    recovery: { lastSeconds: last?.recoverySeconds ?? null },
    logs: { linesWithSecrets: measured.linesWithSecrets },
    decisions: measured.decisions,
    series: {
      live: results.map(({ atSeconds, latencyMs }) => [round(atSeconds), round(latencyMs)] as const),
      spoolFrames: samples.map(({ atSeconds, spoolFrames }) => [round(atSeconds), spoolFrames] as const),
    },
    results: [] as Verdict[],
  };
}

/** null: not measured. */
function mostOf(counts: readonly number[]): number | null {
  return counts.length === 0 ? null : Math.max(...counts);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

export type ChaosReport = ReturnType<typeof chaosReport>;

function recoveryOf({ toSeconds }: Pick<FaultWindow, 'toSeconds'>, { results }: Measured): number | null {
  const cameras = new Set(results.map(({ cameraId }) => cameraId));
  const back = [...cameras].map((cameraId) =>
    results
      .filter((result) => result.cameraId === cameraId && result.atSeconds > toSeconds)
      // Taken after the fault, so it says that the way is free again.
      .filter(({ atSeconds, latencyMs }) => atSeconds - latencyMs / 1000 >= toSeconds)
      .find(({ latencyMs, objectiveMs }) => latencyMs <= objectiveMs),
  );
  if (back.length === 0 || back.includes(undefined)) return null;
  return Math.max(...back.map((result) => (result?.atSeconds ?? 0) - toSeconds));
}
