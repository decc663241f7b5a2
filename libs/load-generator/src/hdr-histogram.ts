/** Buckets an octave, so that a value is known to 0.8 % of itself. */
const perOctave = 128;
const octaves = 40;

/**
 * A histogram of high dynamic range (Tene's HdrHistogram): logarithmic in octaves, linear within each, so recording is
 * an increment and every quantile is within 0.8 % of a recorded value, from 1 µs to days. Written here because it is
 * forty lines, merges across processes as plain counts, and needs nothing compiled.
 */
export interface HdrHistogram {
  /** @param value from 0 up, whole units such as µs; below 0 counts as 0 */
  record(value: number): void;
  readonly count: number;
  readonly max: number;
  readonly mean: number;
  /** NaN of nothing. @param share 0..1 */
  quantile(share: number): number;
  /** What another process has counted. */
  merge(counts: HdrCounts): void;
  counts(): HdrCounts;
}

/** Plain data, for messages and files. */
export interface HdrCounts {
  readonly buckets: [bucket: number, count: number][];
  readonly sum: number;
  readonly max: number;
}

export function createHdrHistogram(): HdrHistogram {
  const buckets = new Float64Array(octaves * perOctave);
  let [count, sum, max] = [0, 0, 0];
  const add = (bucket: number, times: number): void => {
    buckets[bucket] = (buckets[bucket] ?? 0) + times;
    count += times;
  };
  return {
    record(value) {
      const known = Math.max(0, value);
      add(bucketOf(known), 1);
      sum += known;
      max = Math.max(max, known);
    },
    get count() {
      return count;
    },
    get max() {
      return max;
    },
    get mean() {
      return count > 0 ? sum / count : Number.NaN;
    },
    quantile(share) {
      if (count === 0) return Number.NaN;
      const rank = Math.max(1, Math.ceil(share * count));
      let seen = 0;
      for (const [bucket, times] of buckets.entries()) {
        seen += times;
        if (seen >= rank) return Math.min(max, middleOf(bucket));
      }
      return max;
    },
    merge(other) {
      for (const [bucket, times] of other.buckets) add(bucket, times);
      sum += other.sum;
      max = Math.max(max, other.max);
    },
    counts: () => ({
      buckets: [...buckets.entries()].filter(([, times]) => times > 0),
      sum,
      max,
    }),
  };
}

/** Exact up to `perOctave`; above, the octave and the place within it. */
function bucketOf(value: number): number {
  const whole = Math.round(value);
  if (whole < perOctave) return whole;
  const octave = Math.floor(Math.log2(whole)) - Math.log2(perOctave) + 1;
  const place = Math.floor(whole / 2 ** (octave - 1)) - perOctave;
  return Math.min(octaves * perOctave - 1, octave * perOctave + place);
}

function middleOf(bucket: number): number {
  const octave = Math.floor(bucket / perOctave);
  if (octave === 0) return bucket;
  const width = 2 ** (octave - 1);
  return ((bucket % perOctave) + perOctave) * width + width / 2 - 0.5;
}
