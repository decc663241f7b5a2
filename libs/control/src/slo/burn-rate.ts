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
  /** The same for each span that is full. Absent in what an older version stored. */
  readonly long?: readonly number[];
  /** The span that is being filled. */
  readonly span?: { readonly good: number; readonly bad: number; readonly seconds: number };
}

const noSpan = { good: 0, bad: 0, seconds: 0 };

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
  return list.length > count ? list.slice(list.length - count) : list;
}

/** Adds the samples of one second. */
export function countSecond(
  counts: BurnCounts,
  good: number,
  bad: number,
  windowSeconds: number,
): BurnCounts {
  const spanSeconds = shortSecondsOf(windowSeconds);
  const spans = Math.max(2, Math.floor(windowSeconds / spanSeconds));
  const { short, long = [], span = noSpan } = counts;
  const isFull = span.seconds >= spanSeconds;
  const filling = isFull ? noSpan : span;
  return {
    short: lastOf(short, 2 * spanSeconds - 2).concat(good, bad),
    long: isFull ? lastOf(long, 2 * spans - 4).concat(span.good, span.bad) : long,
    span: { good: filling.good + good, bad: filling.bad + bad, seconds: filling.seconds + 1 },
  };
}

/**
 * The budget is that of a whole window: while it is not full, what is missing counts as good and as busy as the rest.
 *
 * @param target share that must be good
 * @param perSecond samples that one second holds at most, 1 where each second is one sample; else Infinity
 */
export function burnRates(
  { short, long = [], span = noSpan }: BurnCounts,
  { target, windowSeconds }: { readonly target: number; readonly windowSeconds: number },
  perSecond: number,
): BurnRates {
  const budget = 1 - target;
  const spanSeconds = shortSecondsOf(windowSeconds);
  const seenSeconds = Math.max(1, (long.length / 2) * spanSeconds + span.seconds);
  const fewestShort = Math.min(fewestSamples, perSecond * spanSeconds);
  const fewestLong = Math.min(3 * fewestSamples, perSecond * windowSeconds);
  const completion = Math.max(1, windowSeconds / seenSeconds);
  const [shortGood, shortBad] = sumOf(short, noSpan);
  const [longGood, longBad] = sumOf(long, span);
  return {
    short: shortBad / Math.max(shortGood + shortBad, fewestShort) / budget,
    long: longBad / Math.max(completion * (longGood + longBad), fewestLong) / budget,
  };
}

function sumOf(pairs: readonly number[], rest: { readonly good: number; readonly bad: number }) {
  let { good, bad } = rest;
  for (let i = 0; i < pairs.length; i += 2) {
    good += pairs[i] ?? 0;
    bad += pairs[i + 1] ?? 0;
  }
  return [good, bad] as const;
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
