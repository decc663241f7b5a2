/**
 * Thins a stream to a rate by time, not by count: the n-th frame is taken when it comes at or after
 * its slot of the grid, so that jitter does not lower the rate and a changed source rate does not change it.
 */
export interface RateSampler {
  accepts(atUs: number, framesPerSecond: number): boolean;
}

export function createRateSampler(): RateSampler {
  let nextSlotUs = Number.NEGATIVE_INFINITY;
  return {
    accepts(atUs, framesPerSecond) {
      const intervalUs = 1e6 / framesPerSecond;
      // Half of a tenth of the interval absorbs the jitter of a camera that runs at just this rate.
      if (atUs < nextSlotUs - intervalUs * 0.05) return false;
      const late = atUs - nextSlotUs;
      nextSlotUs = late > intervalUs || late < -intervalUs ? atUs + intervalUs : nextSlotUs + intervalUs;
      return true;
    },
  };
}
