import type { HistoryPoint } from '../protocol/history.ts';
import { percentOfObjective, tenths } from './history-series.ts';
import type { RunTrack } from './run-track.ts';
import type { PromiseStanding, Promised, Verdict } from '../protocol/live.ts';

const recentSeconds = 10;

/**
 * How the promise stands, from the last minute of seconds: in danger while the last ten seconds use the budget up
 * faster than allowed, violated while the whole minute does, too, and recovering while only the minute does.
 */
export function promiseStanding(
  track: Pick<RunTrack, 'last' | 'recentP95'> | undefined,
  more: { readonly promises: readonly Promised[]; readonly violationSeconds: number },
): PromiseStanding {
  const minute = track?.last(60) ?? [];
  const recentP95 = (of: Parameters<RunTrack['recentP95']>[0]) => tenths(track?.recentP95(of) ?? Number.NaN);
  const recent = minute.slice(-recentSeconds);
  const [all, now] = [burnRate(minute), burnRate(recent)];
  const objectives = minute.flatMap(({ objectiveMs }) => objectiveMs ?? []);
  const due = sum(minute, (point) => point.due);
  return {
    ...more,
    verdict: verdictOf(due, all, now),
    objectiveMs: objectives.length === 0 ? null : Math.min(...objectives),
    onTimeShare: due === 0 ? null : Math.min(1, sum(minute, (point) => point.onTime) / due),
    p95Ms: recentP95(({ latencyMs }) => latencyMs),
    p95Percent: recentP95(percentOfObjective),
    burnRate: all,
  };
}

/** How many times as fast as the promises allow frames were late; 0 where none was due. */
export function burnRate(points: readonly HistoryPoint[]): number {
  const allowed = sum(points, (point) => point.allowedLate);
  if (allowed === 0) return 0;
  return (
    Math.max(
      0,
      sum(points, ({ due, onTime }) => due - onTime),
    ) / allowed
  );
}

function verdictOf(due: number, minute: number, recent: number): Verdict {
  if (due === 0) return 'idle';
  if (recent > 1) return minute > 1 ? 'violated' : 'in-danger';
  return minute > 1 ? 'recovering' : 'kept';
}

function sum(points: readonly HistoryPoint[], of: (point: HistoryPoint) => number): number {
  return points.reduce((total, point) => total + of(point), 0);
}
