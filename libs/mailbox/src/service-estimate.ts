/** What a batch will take, from what batches took. */
export interface ServiceEstimate {
  observe(serviceMs: number, nowUs: number): void;
  /** 0 before the first batch, and when there has been none for a while: nothing is given up on a guess. */
  predictedUs(nowUs: number): number;
  /** By the batches so far, however long ago; 0 before the first. */
  expectedMs(): number;
}

/** A batch counts as at most so many times the mean: one that a stopped process held says nothing of the next. */
const mostTimesMean = 4;
/** A prediction by which every frame expires would never be corrected, so it is tried this often. */
const tryAgainAfterUs = 1_000_000;
/** After so long without a batch the next one is the first: whatever slowed the last ones may be over. */
const forgetAfterUs = 10_000_000;

/** A batch that took far more or far less than the mean. */
interface Outlier {
  readonly serviceMs: number;
  readonly endedAtUs: number;
}

/**
 * An exponentially weighted mean (1/8, as TCP's round-trip time, RFC 6298), or what the last two batches both took where
 * that is more: workers that have become slow are believed at the second batch, not after ten late ones. Where two are
 * far off, one begun after the other had ended, the mean is what they took: a process that was stopped held them both
 * at once, and from 40 ms to 4 s the mean would need fifteen batches, a minute.
 */
export function createServiceEstimate(): ServiceEstimate {
  let meanMs: number | undefined;
  let lastMs = 0;
  let surelyMs = 0;
  let observedAtUs = 0;
  let outlier: Outlier | undefined;

  /** The outlier that this one confirms; else it may be the first of two. */
  function confirms(serviceMs: number, mean: number, nowUs: number): Outlier | undefined {
    const before = outlier;
    outlier = undefined;
    if (serviceMs <= mean * mostTimesMean && serviceMs >= mean / mostTimesMean) return undefined;
    const isAlike = before !== undefined && before.serviceMs > mean === serviceMs > mean;
    if (isAlike && startOf(serviceMs, nowUs) >= before.endedAtUs) return before;
    outlier = isAlike ? before : { serviceMs, endedAtUs: nowUs };
    return undefined;
  }

  const expectedMs = (): number => Math.max(meanMs ?? 0, surelyMs);
  return {
    observe(serviceMs, nowUs) {
      if (startOf(serviceMs, nowUs) - observedAtUs > forgetAfterUs) [meanMs, lastMs] = [undefined, 0];
      observedAtUs = nowUs;
      meanMs ??= serviceMs;
      const confirmed = confirms(serviceMs, meanMs, nowUs);
      if (confirmed) {
        meanMs = (confirmed.serviceMs + serviceMs) / 2;
        lastMs = surelyMs = Math.min(confirmed.serviceMs, serviceMs);
        return;
      }
      const countedMs = Math.min(serviceMs, meanMs * mostTimesMean);
      meanMs += (countedMs - meanMs) / 8;
      surelyMs = Math.min(lastMs, countedMs);
      lastMs = countedMs;
    },
    predictedUs(nowUs) {
      if (nowUs - observedAtUs > tryAgainAfterUs) return 0;
      // A fast one among slow ones asks for the second, which no prediction may keep away.
      return Math.min(expectedMs(), outlier?.serviceMs ?? Infinity) * 1000;
    },
    expectedMs,
  };
}

function startOf(serviceMs: number, endedAtUs: number): number {
  return endedAtUs - serviceMs * 1000;
}
