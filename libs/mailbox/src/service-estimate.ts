/** What a batch will take, from what batches took. */
export interface ServiceEstimate {
  observe(serviceMs: number, nowUs: number): void;
  /** 0 before the first batch, and when there has been none for a while: nothing is given up on a guess. */
  predictedUs(nowUs: number): number;
  /** Of the batches so far; 0 before the first. */
  meanMs(): number;
}

/** A batch counts as at most so many times the mean: one that a stopped process held says nothing of the next. */
const mostTimesMean = 4;
/** A prediction by which every frame expires would never be corrected, so it is tried this often. */
const tryAgainAfterUs = 1_000_000;

/**
 * An exponentially weighted mean (1/8, as TCP's round-trip time, RFC 6298), or what the last two batches both took where
 * that is more: workers that have become slow are believed at the second batch, not after ten late ones.
 */
export function createServiceEstimate(): ServiceEstimate {
  let meanMs: number | undefined;
  let lastMs = 0;
  let surelyMs = 0;
  let observedAtUs = 0;
  return {
    observe(serviceMs, nowUs) {
      observedAtUs = nowUs;
      meanMs ??= serviceMs;
      const countedMs = Math.min(serviceMs, meanMs * mostTimesMean);
      meanMs += (countedMs - meanMs) / 8;
      surelyMs = Math.min(lastMs, countedMs);
      lastMs = countedMs;
    },
    predictedUs: (nowUs) =>
      nowUs - observedAtUs > tryAgainAfterUs ? 0 : Math.max(meanMs ?? 0, surelyMs) * 1000,
    meanMs: () => meanMs ?? 0,
  };
}
