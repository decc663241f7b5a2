import { quantileOf } from '@framegate/control';
import type { HistoryPoint } from '../protocol/history.ts';
import type { HistorySeries, ResultFacts, SecondFacts } from './history-series.ts';
import { createHistorySeries } from './history-series.ts';

/** How it went over time, of all cameras or of those of one SLO: seconds for a quarter of an hour, then coarser, for a day. */
export interface RunTrack {
  result(result: ResultFacts): void;
  /** A second is over. @returns its results */
  second(facts: SecondFacts): readonly ResultFacts[];
  /** The finest points that reach back so far, oldest first. */
  since(seconds: number): TrackPoints;
  /** The last points of one second. */
  last(seconds: number): readonly HistoryPoint[];
  /** 95th percentile of the last ten seconds' results; NaN without one. */
  recentP95(of: (result: ResultFacts) => number): number;
  /** Takes what a store kept from before. */
  recall(kept: KeptPoints): void;
}

export interface TrackPoints {
  readonly stepSeconds: number;
  readonly points: readonly HistoryPoint[];
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

export function createRunTrack(): RunTrack {
  const bySecond = createHistorySeries(1, reachSeconds.seconds);
  const byTen = createHistorySeries(10, reachSeconds.tens);
  const byMinute = createHistorySeries(60, reachSeconds.minutes);
  const series: readonly HistorySeries[] = [bySecond, byTen, byMinute];
  let lastUs = 0;
  /** Results of each of the last seconds, the newest last. */
  let recent: ResultFacts[][] = [[]];

  return {
    result(result) {
      recent.at(-1)?.push(result);
      for (const one of series) one.result(result);
    },
    second(facts) {
      lastUs = facts.atUs;
      for (const one of series) one.second(facts);
      const results = recent.at(-1) ?? [];
      recent = [...recent.slice(-recentSeconds + 1), []];
      return results;
    },
    since(seconds) {
      const fitting = series.find(({ keptSeconds }) => keptSeconds >= seconds) ?? bySecond;
      return { stepSeconds: fitting.stepSeconds, points: pointsSince(fitting, lastUs - seconds * 1e6) };
    },
    last: (seconds) => pointsSince(bySecond, lastUs - seconds * 1e6),
    recentP95: (of) => quantileOf(recent.flat().map(of), 0.95),
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
