import type { LatencyHistogram } from '@framegate/control';
import { createLatencyHistogram } from '@framegate/control';
import { stages } from '@framegate/run-observer';
import type { HistoryPoint, LeverShares } from '../protocol/history.ts';
import type { Counted } from './run-counters.ts';

/** One second of a run, beside its results. */
export interface SecondFacts extends Counted {
  readonly atUs: number;
  readonly due: number;
  readonly onTime: number;
  /** How many of the due frames may be late: of each camera the share that its promise allows. */
  readonly allowedLate: number;
  readonly levers: LeverShares | null;
  readonly batch: number | null;
  readonly workers: number | null;
}

export interface ResultFacts {
  readonly latencyMs: number;
  readonly objectiveMs: number;
  /** In the order of `stages`. */
  readonly stagesMs: readonly number[];
}

/** Points of one length, the newest of them kept. */
export interface HistorySeries {
  readonly stepSeconds: number;
  readonly keptSeconds: number;
  result(result: ResultFacts): void;
  /** A second is over. */
  second(facts: SecondFacts): void;
  /** Puts what was before the first point in front of it. @param points oldest first */
  recall(points: readonly HistoryPoint[]): void;
  /** Oldest first. */
  points(): readonly HistoryPoint[];
}

interface Bucket {
  readonly latencies: LatencyHistogram;
  readonly percents: LatencyHistogram;
  readonly stageSums: number[];
  objectiveMs: number;
  seconds: SecondFacts[];
}

export function createHistorySeries(stepSeconds: number, keptSeconds: number): HistorySeries {
  let points: HistoryPoint[] = [];
  let bucket = emptyBucket();
  return {
    stepSeconds,
    keptSeconds,
    result({ latencyMs, objectiveMs, stagesMs }) {
      bucket.latencies.add(latencyMs);
      bucket.percents.add(percentOfObjective({ latencyMs, objectiveMs }));
      bucket.objectiveMs = Math.min(bucket.objectiveMs, objectiveMs);
      stagesMs.forEach((ms, stage) => (bucket.stageSums[stage] = (bucket.stageSums[stage] ?? 0) + ms));
    },
    second(facts) {
      bucket.seconds.push(facts);
      if (bucket.seconds.length < stepSeconds) return;
      points.push(pointOf(bucket));
      const oldestUs = facts.atUs - keptSeconds * 1e6;
      points = points.slice(
        Math.max(
          0,
          points.findIndex(({ atUs }) => atUs > oldestUs),
        ),
      );
      bucket = emptyBucket();
    },
    recall(before) {
      points = [...before, ...points];
    },
    points: () => points,
  };
}

function emptyBucket(): Bucket {
  return {
    latencies: createLatencyHistogram(),
    percents: createLatencyHistogram(),
    stageSums: stages.map(() => 0),
    objectiveMs: Number.POSITIVE_INFINITY,
    seconds: [],
  };
}

function pointOf({ latencies, percents, stageSums, objectiveMs, seconds }: Bucket): HistoryPoint {
  const sum = (of: (facts: SecondFacts) => number): number =>
    seconds.reduce((total, facts) => total + of(facts), 0);
  const results = latencies.count;
  const last = seconds.at(-1);
  return judgedPoint({
    atUs: seconds[0]?.atUs ?? 0,
    seconds: seconds.length,
    results,
    p50Ms: tenths(latencies.quantile(0.5)),
    p95Ms: tenths(latencies.quantile(0.95)),
    p99Ms: tenths(latencies.quantile(0.99)),
    p50Percent: tenths(percents.quantile(0.5)),
    p95Percent: tenths(percents.quantile(0.95)),
    p99Percent: tenths(percents.quantile(0.99)),
    objectiveMs: Number.isFinite(objectiveMs) ? objectiveMs : null,
    due: sum((facts) => facts.due),
    onTime: sum((facts) => facts.onTime),
    allowedLate: sum((facts) => facts.allowedLate),
    stagesMs: stageSums.map((total) => (results === 0 ? 0 : Math.round((total / results) * 100) / 100)),
    captured: sum((facts) => facts.captured),
    stopped: sum((facts) => facts.stopped),
    published: sum((facts) => facts.published),
    analysed: sum((facts) => facts.analysed),
    passedOver: sum((facts) => facts.passedOver),
    publishedBytes: sum((facts) => facts.publishedBytes),
    levers: last?.levers ?? null,
    batch: last?.batch ?? null,
    workers: last?.workers ?? null,
  });
}

/** The point with what follows from its counts. */
export function judgedPoint(point: Omit<HistoryPoint, 'violated' | 'savedBytes'>): HistoryPoint {
  const { due, onTime, allowedLate, published, publishedBytes, stopped } = point;
  return {
    ...point,
    violated: due - onTime > allowedLate + 1e-9 * due,
    savedBytes: published === 0 ? 0 : Math.round((publishedBytes / published) * stopped),
  };
}

/** How much of what is promised of its camera a result has used up. */
export function percentOfObjective({
  latencyMs,
  objectiveMs,
}: Pick<ResultFacts, 'latencyMs' | 'objectiveMs'>): number {
  return (100 * latencyMs) / objectiveMs;
}

/** Rounded for people; null where there is none. */
export function tenths(value: number): number | null {
  return Number.isFinite(value) ? Math.round(value * 10) / 10 : null;
}
