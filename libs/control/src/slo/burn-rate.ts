/**
 * How fast an error budget is used up, over two windows: the multi-window, multi-burn-rate alert of the SRE
 * workbook (Google, 2018, chapter 5) on the time scale of control. The long window is the SLO's own, the short one
 * a twelfth of it, as there (5 minutes of an hour). Bad samples over a long time say that it matters, bad samples
 * right now that it goes on, so a promise that is kept again is told at once.
 *
 * The short window counts exactly; the long one forgets exponentially, which takes two numbers where 3600 s of
 * 10,000 cameras would take many.
 */
export interface BurnCounts {
  /** Good and bad in turn, a pair for each second, the newest last. */
  readonly short: readonly number[];
  readonly longGood: number;
  readonly longBad: number;
}

interface BurnRates {
  readonly short: number;
  readonly long: number;
}

export const noBurn: BurnCounts = { short: [], longGood: 0, longBad: 0 };

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
  const kept = Math.exp(-1 / windowSeconds);
  return {
    short: [...lastOf(counts.short, 2 * shortSecondsOf(windowSeconds) - 2), good, bad],
    longGood: counts.longGood * kept + good,
    longBad: counts.longBad * kept + bad,
  };
}

/**
 * @param target share that must be good
 * @param perSecond samples that one second holds at most, 1 where each second is one sample; else Infinity
 */
export function burnRates(
  { short, longGood, longBad }: BurnCounts,
  { target, windowSeconds }: { readonly target: number; readonly windowSeconds: number },
  perSecond: number,
): BurnRates {
  let good = 0;
  let bad = 0;
  for (let i = 0; i < short.length; i += 2) {
    good += short[i] ?? 0;
    bad += short[i + 1] ?? 0;
  }
  const budget = 1 - target;
  const fewestShort = Math.min(fewestSamples, perSecond * shortSecondsOf(windowSeconds));
  const fewestLong = Math.min(3 * fewestSamples, perSecond * windowSeconds);
  return {
    short: bad / Math.max(good + bad, fewestShort) / budget,
    long: longBad / Math.max(longGood + longBad, fewestLong) / budget,
  };
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
