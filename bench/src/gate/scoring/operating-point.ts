import type { JudgedClip, Rates } from './rates.ts';
import { ratesOf } from './rates.ts';

/** A gate at one threshold. */
export interface OperatingPoint extends Rates {
  readonly threshold: number;
}

const mostPoints = 40;

/** A gate's curve: its rates from its least to its greatest threshold. Clips of one setting. */
export function curveOf(clips: readonly JudgedClip[]): OperatingPoint[] {
  return thresholdsOf(clips).map((threshold) => ({ threshold, ...ratesOf(clips, threshold) }));
}

/** Youden's J: how much more of the events than of the empty frames is called motion, -1..1. */
export function youden({ recall, falsePositives }: Rates): number {
  return (recall.share ?? 0) - (falsePositives.share ?? 0);
}

/** The point with the greatest J; of equals that which passes the fewest frames. */
export function bestPoint(points: readonly OperatingPoint[]): OperatingPoint | undefined {
  return points.reduce<OperatingPoint | undefined>((best, point) => {
    if (!best) return point;
    const gain = youden(point) - youden(best);
    const isBetter = gain > 0 || (gain === 0 && (point.passed.share ?? 0) < (best.passed.share ?? 0));
    return isBetter ? point : best;
  }, undefined);
}

/** Strengths that were seen, evenly by rank; between two of them nothing changes. */
function thresholdsOf(clips: readonly JudgedClip[]): number[] {
  const seen = new Set<number>();
  for (const { score } of clips) {
    for (const strength of score.frames) if (strength > 0) seen.add(strength);
    for (const { prompt } of score.passages) if (prompt > 0) seen.add(prompt);
  }
  const sorted = [...seen].toSorted((a, b) => a - b);
  if (sorted.length <= mostPoints) return sorted;
  const ranks = Array.from({ length: mostPoints }, (_, i) =>
    Math.round((i * (sorted.length - 1)) / (mostPoints - 1)),
  );
  return ranks.map((rank) => sorted[rank] ?? 0);
}
