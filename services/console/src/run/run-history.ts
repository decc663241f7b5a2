import type { CameraDirectory, FollowedCapacity } from '@framegate/camera-directory';
import type { Detection } from '@framegate/contracts';
import { latencyMs } from '@framegate/contracts';
import type { RunObserver } from '@framegate/run-observer';
import { stages, stageTimesMs } from '@framegate/run-observer';
import { quantileOf } from '@framegate/control';
import type { HistoryPoint } from '../protocol/history.ts';
import type { HistorySeries, ResultFacts, SecondFacts } from './history-series.ts';
import { createHistorySeries } from './history-series.ts';
import { leverShares } from './lever-shares.ts';
import { createAllowance } from './allowance.ts';
import { createRunCounters } from './run-counters.ts';

/** How the run went: seconds for a quarter of an hour, then coarser, for a day. */
export interface RunHistory {
  /** Takes what happened since the last call; call it each second. */
  second(nowUs: number): void;
  /** The finest points that reach back so far, oldest first. */
  since(seconds: number): { readonly stepSeconds: number; readonly points: readonly HistoryPoint[] };
  /** The last points of one second. */
  last(seconds: number): readonly HistoryPoint[];
  /** Of the live results of the last ten seconds, ms; NaN without one. */
  recentP95Ms(): number;
  /** Takes what a store kept from before. */
  recall(kept: KeptPoints): void;
}

/** Of each length, oldest first. */
export interface KeptPoints {
  readonly seconds: readonly HistoryPoint[];
  readonly tens: readonly HistoryPoint[];
  readonly minutes: readonly HistoryPoint[];
}

const recentSeconds = 10;
/** How far back points of each length reach. */
export const reachSeconds = { seconds: 15 * 60, tens: 3 * 3600, minutes: 24 * 3600 } as const;

export interface RunHistoryOptions {
  readonly run: RunObserver;
  readonly directory: Pick<CameraDirectory, 'intents' | 'configs'>;
  readonly capacity: Pick<FollowedCapacity, 'config'>;
  /** Share of a camera's due frames that must be on time now. */
  readonly targetOf: (cameraId: string) => number;
  /** Told of each second, with its live results. */
  readonly onSecond: (facts: SecondFacts, results: readonly ResultFacts[]) => void;
}

export function createRunHistory(options: RunHistoryOptions): RunHistory {
  const { run, directory, capacity, targetOf, onSecond } = options;
  const bySecond = createHistorySeries(1, reachSeconds.seconds);
  const byTen = createHistorySeries(10, reachSeconds.tens);
  const byMinute = createHistorySeries(60, reachSeconds.minutes);
  const series: readonly HistorySeries[] = [bySecond, byTen, byMinute];
  const counters = createRunCounters();
  let before = run.slo();
  const allowance = createAllowance(run.dueByCamera(), targetOf);
  let lastUs = 0;
  /** Results of each of the last seconds, the newest last. */
  let recent: ResultFacts[][] = [[]];
  run.onEdge((telemetry) => counters.edge(telemetry));
  run.onDetection((detection) => {
    if (detection.kind !== 'live') return;
    const result = resultOf(detection);
    recent.at(-1)?.push(result);
    for (const one of series) one.result(result);
  });

  return {
    second(nowUs) {
      const slo = run.slo();
      const models = Object.values(capacity.config?.models ?? {});
      const facts = {
        ...counters.take(run.cloud()),
        atUs: nowUs,
        due: slo.due - before.due,
        onTime: slo.onTime - before.onTime,
        allowedLate: allowance.take(run.dueByCamera()),
        levers: leverShares(directory),
        batch: models.length === 0 ? null : Math.max(...models.map(({ batch }) => batch)),
        workers: models.length === 0 ? null : models.reduce((sum, { workers }) => sum + workers, 0),
      };
      before = slo;
      lastUs = nowUs;
      for (const one of series) one.second(facts);
      onSecond(facts, recent.at(-1) ?? []);
      recent = [...recent.slice(-recentSeconds + 1), []];
    },
    since(seconds) {
      const fitting = series.find(({ keptSeconds }) => keptSeconds >= seconds) ?? bySecond;
      const { stepSeconds } = fitting;
      return { stepSeconds, points: pointsSince(fitting, lastUs - seconds * 1e6) };
    },
    last: (seconds) => pointsSince(bySecond, lastUs - seconds * 1e6),
    recentP95Ms: () =>
      quantileOf(
        recent.flat().map(({ latencyMs: ms }) => ms),
        0.95,
      ),
    recall(kept) {
      bySecond.recall(kept.seconds);
      byTen.recall(kept.tens);
      byMinute.recall(kept.minutes);
    },
  };
}

function pointsSince(series: HistorySeries, fromUs: number): readonly HistoryPoint[] {
  return series.points().filter(({ atUs }) => atUs > fromUs);
}

function resultOf(detection: Detection): ResultFacts {
  const times = stageTimesMs(detection);
  return {
    latencyMs: latencyMs(detection),
    objectiveMs: detection.objectiveMs,
    stagesMs: stages.map((stage) => times[stage]),
  };
}
