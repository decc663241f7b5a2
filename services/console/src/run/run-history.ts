import type { CameraDirectory, FollowedCapacity } from '@framegate/camera-directory';
import type { Detection } from '@framegate/contracts';
import { latencyMs } from '@framegate/contracts';
import type { RunObserver } from '@framegate/run-observer';
import { stageTimesMs } from '@framegate/run-observer';
import { quantileOf } from '@framegate/control';
import type { HistoryPoint } from '../protocol/history.ts';
import { stageNames } from '../protocol/history.ts';
import type { HistorySeries } from './history-series.ts';
import { createHistorySeries } from './history-series.ts';
import { leverShares } from './lever-shares.ts';
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
}

const recentSeconds = 10;

export interface RunHistoryOptions {
  readonly run: RunObserver;
  readonly directory: Pick<CameraDirectory, 'intents' | 'configs'>;
  readonly capacity: Pick<FollowedCapacity, 'config'>;
  readonly target: number;
}

export function createRunHistory({ run, directory, capacity, target }: RunHistoryOptions): RunHistory {
  const bySecond = createHistorySeries(1, 15 * 60);
  const series: readonly HistorySeries[] = [
    bySecond,
    createHistorySeries(10, 3 * 3600),
    createHistorySeries(60, 24 * 3600),
  ];
  const counters = createRunCounters();
  let before = run.slo();
  /** Latencies of each of the last seconds, the newest last. */
  let recent: number[][] = [[]];
  run.onEdge((telemetry) => counters.edge(telemetry));
  run.onDetection((detection) => {
    if (detection.kind !== 'live') return;
    const result = resultOf(detection);
    recent.at(-1)?.push(result.latencyMs);
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
        target,
        levers: leverShares(directory),
        batch: models.length === 0 ? null : Math.max(...models.map(({ batch }) => batch)),
        workers: models.length === 0 ? null : models.reduce((sum, { workers }) => sum + workers, 0),
      };
      before = slo;
      for (const one of series) one.second(facts);
      recent = [...recent.slice(-recentSeconds + 1), []];
    },
    since(seconds) {
      const fitting = series.find(({ keptSeconds }) => keptSeconds >= seconds) ?? bySecond;
      const { stepSeconds } = fitting;
      return { stepSeconds, points: fitting.points().slice(-Math.ceil(seconds / stepSeconds)) };
    },
    last: (seconds) => bySecond.points().slice(-seconds),
    recentP95Ms: () => quantileOf(recent.flat(), 0.95),
  };
}

function resultOf(detection: Detection) {
  const times = stageTimesMs(detection);
  return {
    latencyMs: latencyMs(detection),
    objectiveMs: detection.objectiveMs,
    stagesMs: stageNames.map((stage) => times[stage]),
  };
}
