import type { Disturbance } from './disturbance.ts';
import type { SecondSample } from './run-result.ts';
import type { Scenario } from './scenario.ts';

/** A change that sets in within this time is put down to the mark before it. */
const onsetSeconds = 10;
/** Kept for so long, the promise counts as kept again. */
const steadySeconds = 3;
/** A second is bad when more than this share of its cameras break the promise. */
const badShare = 0.05;

/**
 * For each moment at which conditions change (a disturbance begins or ends, cameras come): how long until results
 * were in time again for three seconds on end; 0 when they never were late within ten seconds. A run that doesn't
 * recover counts until the next such moment, or its end.
 */
export function recoverySeconds(
  disturbances: readonly Disturbance[],
  { cameras, durationSeconds }: Scenario,
  seconds: readonly SecondSample[],
): number[] {
  const marks = [
    ...disturbances.flatMap(({ atSeconds, untilSeconds = Infinity }) => [atSeconds, untilSeconds]),
    ...cameras.flatMap(({ fromSeconds = 0, untilSeconds = Infinity }) => [fromSeconds, untilSeconds]),
  ];
  const inside = [...new Set(marks)]
    .filter((mark) => mark > 0 && mark < durationSeconds)
    .toSorted((a, b) => a - b);
  return inside.map((mark, index) => recoveryOf(mark, inside[index + 1] ?? durationSeconds, seconds));
}

function recoveryOf(mark: number, until: number, seconds: readonly SecondSample[]): number {
  const isBad = (second: number): boolean => {
    const sample = seconds[second];
    return sample !== undefined && sample.violations > badShare * sample.dueCameras;
  };
  const first = Math.floor(mark);
  let bad = first;
  while (bad < Math.min(until, first + onsetSeconds) && !isBad(bad)) bad += 1;
  if (bad >= Math.min(until, first + onsetSeconds)) return 0;
  for (let second = bad; second < until; second++) {
    const isSteady = Array.from({ length: steadySeconds }, (_, i) => isBad(second + i)).every((one) => !one);
    if (isSteady) return second - mark;
  }
  return until - mark;
}

/** From the end of the last disturbance until the settings are worth what they were in the ten seconds before the first. */
export function fullQualitySeconds(
  disturbances: readonly Disturbance[],
  seconds: readonly SecondSample[],
): number {
  const begins = Math.min(...disturbances.map(({ atSeconds }) => atSeconds));
  const ends = Math.max(...disturbances.map(({ untilSeconds = Infinity }) => untilSeconds));
  if (!Number.isFinite(ends) || ends >= seconds.length) return Number.NaN;
  const before = seconds.filter(({ second }) => second < begins && second >= begins - 10);
  const usual = before.reduce((sum, { levers }) => sum + levers.accuracy, 0) / before.length;
  const back = seconds.find(({ second, levers }) => second >= ends && levers.accuracy >= 0.98 * usual);
  return back ? back.second - Math.floor(ends) : Number.NaN;
}
