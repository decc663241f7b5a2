import type { LatencyHistogram } from '@framegate/control';
import { createLatencyHistogram } from '@framegate/control';
import type { HistoryPoint, LeverShares } from '../protocol/history.ts';
import { stageNames } from '../protocol/history.ts';
import type { Counted } from './run-counters.ts';

/** One second of a run, beside its results. */
export interface SecondFacts extends Counted {
  readonly atUs: number;
  readonly due: number;
  readonly onTime: number;
  /** Share of due frames that must be on time. */
  readonly target: number;
  readonly levers: LeverShares | null;
  readonly batch: number | null;
  readonly workers: number | null;
}

export interface ResultFacts {
  readonly latencyMs: number;
  readonly objectiveMs: number;
  /** In the order of `stageNames`. */
  readonly stagesMs: readonly number[];
}

/** Points of one length, the newest of them kept. */
export interface HistorySeries {
  readonly stepSeconds: number;
  readonly keptSeconds: number;
  result(result: ResultFacts): void;
  /** A second is over. */
  second(facts: SecondFacts): void;
  /** Oldest first. */
  points(): readonly HistoryPoint[];
}

interface Bucket {
  readonly latencies: LatencyHistogram;
  readonly stageSums: number[];
  objectiveMs: number;
  seconds: SecondFacts[];
}

export function createHistorySeries(stepSeconds: number, keptSeconds: number): HistorySeries {
  const points: HistoryPoint[] = [];
  let bucket = emptyBucket();
  return {
    stepSeconds,
    keptSeconds,
    result({ latencyMs, objectiveMs, stagesMs }) {
      bucket.latencies.add(latencyMs);
      bucket.objectiveMs = Math.min(bucket.objectiveMs, objectiveMs);
      stagesMs.forEach((ms, stage) => (bucket.stageSums[stage] = (bucket.stageSums[stage] ?? 0) + ms));
    },
    second(facts) {
      bucket.seconds.push(facts);
      if (bucket.seconds.length < stepSeconds) return;
      points.push(pointOf(bucket));
      if (points.length > keptSeconds / stepSeconds) points.shift();
      bucket = emptyBucket();
    },
    points: () => points,
  };
}

function emptyBucket(): Bucket {
  return {
    latencies: createLatencyHistogram(),
    stageSums: stageNames.map(() => 0),
    objectiveMs: Number.POSITIVE_INFINITY,
    seconds: [],
  };
}

function pointOf({ latencies, stageSums, objectiveMs, seconds }: Bucket): HistoryPoint {
  const sum = (of: (facts: SecondFacts) => number): number =>
    seconds.reduce((total, facts) => total + of(facts), 0);
  const results = latencies.count;
  const [due, onTime] = [sum((facts) => facts.due), sum((facts) => facts.onTime)];
  const [published, publishedBytes] = [sum((facts) => facts.published), sum((facts) => facts.publishedBytes)];
  const last = seconds.at(-1);
  return {
    atUs: seconds[0]?.atUs ?? 0,
    seconds: seconds.length,
    results,
    p50Ms: tenths(latencies.quantile(0.5)),
    p95Ms: tenths(latencies.quantile(0.95)),
    p99Ms: tenths(latencies.quantile(0.99)),
    objectiveMs: Number.isFinite(objectiveMs) ? objectiveMs : null,
    due,
    onTime,
    violated: due > 0 && (due - onTime) / due > 1 - (last?.target ?? 1) + 1e-9,
    stagesMs: stageSums.map((total) => (results === 0 ? 0 : Math.round((total / results) * 100) / 100)),
    captured: sum((facts) => facts.captured),
    stopped: sum((facts) => facts.stopped),
    published,
    analysed: sum((facts) => facts.analysed),
    passedOver: sum((facts) => facts.passedOver),
    publishedBytes,
    savedBytes:
      published === 0 ? 0 : Math.round((publishedBytes / published) * sum((facts) => facts.stopped)),
    levers: last?.levers ?? null,
    batch: last?.batch ?? null,
    workers: last?.workers ?? null,
  };
}

function tenths(value: number): number | null {
  return Number.isFinite(value) ? Math.round(value * 10) / 10 : null;
}
