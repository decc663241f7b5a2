import type { Random } from './random.ts';

/** A mean with the ends of its 95 % interval; NaN without values. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const resamples = 1000;

/** Percentile bootstrap of the mean (Efron 1979). Values that are NaN are left out. */
export function meanWithInterval(values: readonly number[], random: Random): Estimate {
  const known = values.filter((value) => !Number.isNaN(value));
  return intervalOf(known.length, random, (pick) => {
    let sum = 0;
    for (let i = 0; i < known.length; i++) sum += known[pick(i)] ?? 0;
    return sum / known.length;
  });
}

/** Ratio of two sums over the same seeds, resampled in pairs. Infinity and NaN where the divisor is 0. */
export function ratioWithInterval(pairs: readonly (readonly [number, number])[], random: Random): Estimate {
  return intervalOf(pairs.length, random, (pick) => {
    let [above, below] = [0, 0];
    for (let i = 0; i < pairs.length; i++) {
      const [a, b] = pairs[pick(i)] ?? [0, 0];
      above += a;
      below += b;
    }
    return above / below;
  });
}

function intervalOf(
  count: number,
  random: Random,
  statistic: (pick: (i: number) => number) => number,
): Estimate {
  if (count === 0) return { mean: Number.NaN, low: Number.NaN, high: Number.NaN };
  const mean = statistic((i) => i);
  const drawn = Array.from({ length: resamples }, () =>
    statistic(() => Math.floor(random.uniform() * count)),
  );
  const sorted = drawn.toSorted((a, b) => a - b);
  return {
    mean,
    low: sorted[Math.floor(0.025 * resamples)] ?? mean,
    high: sorted[Math.ceil(0.975 * resamples) - 1] ?? mean,
  };
}
