/**
 * How fast an error budget is used up, over two windows: the multi-window, multi-burn-rate alert of the SRE
 * workbook (Google, 2018, chapter 5) on the time scale of control. The long window is the SLO's own, the short one
 * a twelfth of it, as there (5 minutes of an hour). Bad samples over a long time say that it matters, bad samples
 * right now that it goes on, so a promise that is kept again is told at once.
 *
 * The short window is kept by seconds, the long one by spans as long as the short one. Forgetting exponentially would
 * take two numbers, but until the window has been filled several times over it gives the newest seconds too much weight.
 */
export interface BurnCounts {
  /** Good and bad in turn, a pair for each second, the newest last. */
  readonly short: readonly number[];
  /** The same for each span, the newest still being filled. Absent in what an older version stored. */
  readonly long?: readonly number[];
  /** Seconds that the newest span holds. */
  readonly filled?: number;
}

interface BurnRates {
  readonly short: number;
  readonly long: number;
}

export const noBurn: BurnCounts = { short: [] };

/** Fewer samples than these prove nothing: one late frame in a quiet night is no trouble. */
const fewestSamples = 20;

function shortSecondsOf(windowSeconds: number): number {
  return Math.max(3, Math.round(windowSeconds / 12));
}

function lastOf(list: readonly number[], count: number): readonly number[] {
  return list.length > count ? list.slice(-count) : list;
}

/** Adds the samples of one second. */
export function countSecond(
  counts: BurnCounts,
  good: number,
  bad: number,
  windowSeconds: number,
): BurnCounts {
  const spanSeconds = shortSecondsOf(windowSeconds);
  const spans = Math.max(1, Math.floor(windowSeconds / spanSeconds));
  const { short, long = [], filled = spanSeconds } = counts;
  const isFull = filled >= spanSeconds;
  return {
    short: [...lastOf(short, 2 * spanSeconds - 2), good, bad],
    long: isFull
      ? [...lastOf(long, 2 * spans - 2), good, bad]
      : [...long.slice(0, -2), (long.at(-2) ?? 0) + good, (long.at(-1) ?? 0) + bad],
    filled: isFull ? 1 : filled + 1,
  };
}

/**
 * The budget is that of a whole window: while it is not full, what is missing counts as good and as busy as the rest.
 *
 * @param target share that must be good
 * @param perSecond samples that one second holds at most, 1 where each second is one sample; else Infinity
 */
export function burnRates(
  { short, long = [], filled = 0 }: BurnCounts,
  { target, windowSeconds }: { readonly target: number; readonly windowSeconds: number },
  perSecond: number,
): BurnRates {
  const budget = 1 - target;
  const spanSeconds = shortSecondsOf(windowSeconds);
  const seenSeconds = Math.max(1, (long.length / 2 - 1) * spanSeconds + filled);
  const fewestShort = Math.min(fewestSamples, perSecond * spanSeconds);
  const fewestLong = Math.min(3 * fewestSamples, perSecond * windowSeconds);
  return {
    short: badShare(short, 1, fewestShort) / budget,
    long: badShare(long, Math.max(1, windowSeconds / seenSeconds), fewestLong) / budget,
  };
}

function badShare(pairs: readonly number[], completion: number, fewest: number): number {
  let good = 0;
  let bad = 0;
  for (let i = 0; i < pairs.length; i += 2) {
    good += pairs[i] ?? 0;
    bad += pairs[i + 1] ?? 0;
  }
  return bad / Math.max(completion * (good + bad), fewest);
}

/**
 * A promise is in danger at either pair, as the workbook pages at several: a fast burn that has used a quarter of
 * the window's budget, or a slow one that has used all of it.
 */
const dangers = [
  { short: 6, long: 0.25 },
  { short: 1, long: 1 },
];

export function stateOf({ short, long }: BurnRates): 'kept' | 'in-danger' | 'violated' {
  if (!dangers.some((pair) => short > pair.short && long > pair.long)) return 'kept';
  return long > 1 ? 'violated' : 'in-danger';
}
