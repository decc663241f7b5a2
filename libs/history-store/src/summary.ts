/**
 * What many values have in common, in a form that can be added up: quantiles of a minute come from its seconds.
 * Buckets grow by 2 %, so a quantile is at most 1 % off (DDSketch, Masson et al., VLDB 2019). Values below `floor`
 * count as `floor` in quantiles only.
 */
export interface Summary {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** The latest value. */
  readonly last: number;
  /** How many values are in each bucket: (bucket, count) pairs, flat. Empty where nobody asks for quantiles. */
  readonly buckets: readonly number[];
}

const growth = Math.log(1.02);
const floor = 1e-3;

/** @param values at least one, none NaN @param options quantiles: false for what is only averaged or shown as it is */
export function summarize(values: readonly number[], { quantiles = true } = {}): Summary {
  const buckets = new Map<number, number>();
  let [sum, min, max] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
    const bucket = bucketOf(value);
    if (quantiles) buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
  }
  return { count: values.length, sum, min, max, last: values.at(-1) ?? Number.NaN, buckets: flat(buckets) };
}

/** @param summaries at least one, oldest first */
export function addSummaries(summaries: readonly Summary[]): Summary {
  const buckets = new Map<number, number>();
  let [count, sum, last] = [0, 0, Number.NaN];
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const summary of summaries) {
    count += summary.count;
    sum += summary.sum;
    min = Math.min(min, summary.min);
    max = Math.max(max, summary.max);
    last = summary.last;
    for (const [bucket, inBucket] of pairs(summary.buckets))
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + inBucket);
  }
  return { count, sum, min, max, last, buckets: flat(buckets) };
}

/** @param q share from 0 to 1. NaN where the summary has no buckets. */
export function summaryQuantile({ buckets, min, max }: Summary, q: number): number {
  const sorted = pairs(buckets).toSorted(([a], [b]) => a - b);
  const count = sorted.reduce((sum, [, inBucket]) => sum + inBucket, 0);
  let below = 0;
  for (const [bucket, inBucket] of sorted) {
    below += inBucket;
    if (below >= q * count) return Math.min(max, Math.max(min, floor * Math.exp((bucket - 0.5) * growth)));
  }
  return Number.NaN;
}

function bucketOf(value: number): number {
  return Math.ceil(Math.log(Math.max(value, floor) / floor) / growth);
}

function flat(buckets: ReadonlyMap<number, number>): number[] {
  return [...buckets].flat();
}

function pairs(buckets: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (let i = 0; i + 1 < buckets.length; i += 2) found.push([buckets[i] ?? 0, buckets[i + 1] ?? 0]);
  return found;
}
