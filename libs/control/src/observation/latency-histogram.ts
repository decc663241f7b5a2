/**
 * Quantiles of latencies in constant memory: buckets grow by 2 %, so a quantile is at most 1 % off
 * (the idea of DDSketch, Masson et al., VLDB 2019). Values in milliseconds; below 10 µs they count as 10 µs.
 */
export interface LatencyHistogram {
  add(latencyMs: number): void;
  /** @param q share from 0 to 1. NaN when nothing was added. */
  quantile(q: number): number;
  readonly count: number;
  readonly max: number;
}

const growth = Math.log(1.02);
const floorMs = 0.01;

export function createLatencyHistogram(): LatencyHistogram {
  const buckets = new Map<number, number>();
  let count = 0;
  let max = 0;
  return {
    add(latencyMs) {
      const bucket = Math.ceil(Math.log(Math.max(latencyMs, floorMs) / floorMs) / growth);
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
      count += 1;
      max = Math.max(max, latencyMs);
    },
    quantile(q) {
      if (count === 0) return Number.NaN;
      let below = 0;
      for (const bucket of [...buckets.keys()].toSorted((a, b) => a - b)) {
        below += buckets.get(bucket) ?? 0;
        if (below >= q * count) return Math.min(max, floorMs * Math.exp((bucket - 0.5) * growth));
      }
      return max;
    },
    get count() {
      return count;
    },
    get max() {
      return max;
    },
  };
}

/** Typed arrays sort numbers without calling back, but a new one is dear: this one is used again and again. */
let scratch = new Float64Array(256);

/** The quantile of a few exact values by the nearest-rank method; NaN when there are none. */
export function quantileOf(values: readonly number[], q: number): number {
  if (values.length > scratch.length) scratch = new Float64Array(2 * values.length);
  scratch.set(values);
  // oxlint-disable-next-line unicorn/no-array-sort -- in place, to make no garbage
  const sorted = scratch.subarray(0, values.length).sort();
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}
