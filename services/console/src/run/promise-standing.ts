import type { HistoryPoint } from '../protocol/history.ts';
import type { PromiseStanding, Verdict } from '../protocol/live.ts';

const recentSeconds = 10;

/**
 * How the promise stands, from the last minute of seconds: in danger while the last ten seconds use the budget up
 * faster than allowed, violated while the whole minute does, too, and recovering while only the minute does.
 */
export function promiseStanding(
  minute: readonly HistoryPoint[],
  more: { readonly target: number; readonly violationSeconds: number; readonly p95Ms: number },
): PromiseStanding {
  const { target, violationSeconds, p95Ms } = more;
  const recent = minute.slice(-recentSeconds);
  const [all, now] = [burnRate(minute, target), burnRate(recent, target)];
  const objectives = minute.flatMap(({ objectiveMs }) => objectiveMs ?? []);
  const due = sum(minute, (point) => point.due);
  return {
    verdict: verdictOf(due, all, now),
    target,
    objectiveMs: objectives.length === 0 ? null : Math.min(...objectives),
    onTimeShare: due === 0 ? null : Math.min(1, sum(minute, (point) => point.onTime) / due),
    p95Ms: Number.isFinite(p95Ms) ? p95Ms : null,
    burnRate: all,
    violationSeconds,
  };
}

/** How many times as fast as the target allows frames were late; 0 where none was due. */
export function burnRate(points: readonly HistoryPoint[], target: number): number {
  const due = sum(points, (point) => point.due);
  if (due === 0 || target >= 1) return 0;
  const late = Math.max(0, due - sum(points, (point) => point.onTime));
  return late / due / (1 - target);
}

function verdictOf(due: number, minute: number, recent: number): Verdict {
  if (due === 0) return 'idle';
  if (recent > 1) return minute > 1 ? 'violated' : 'in-danger';
  return minute > 1 ? 'recovering' : 'kept';
}

function sum(points: readonly HistoryPoint[], of: (point: HistoryPoint) => number): number {
  return points.reduce((total, point) => total + of(point), 0);
}
