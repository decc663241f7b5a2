/** A share of `count` with its 95 % interval. */
export interface Share {
  readonly hits: number;
  readonly count: number;
  /** `hits / count`; null where there was nothing to count. */
  readonly share: number | null;
  readonly low: number;
  readonly high: number;
}

const z = 1.959964;

/** Score interval of a binomial share: Wilson, JASA 22 (1927). Nothing counted is anything between 0 and 1. */
export function wilsonShare(hits: number, count: number): Share {
  if (count === 0) return { hits, count, share: null, low: 0, high: 1 };
  const share = hits / count;
  const weight = 1 + z ** 2 / count;
  const centre = (share + z ** 2 / (2 * count)) / weight;
  const half = (z / weight) * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2));
  const low = hits === 0 ? 0 : Math.max(0, centre - half);
  return { hits, count, share, low, high: hits === count ? 1 : Math.min(1, centre + half) };
}
