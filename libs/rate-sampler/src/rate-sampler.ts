/**
 * Thins a stream to a rate by time, not by count: the n-th frame is taken when it comes at or after
 * its slot of the grid, so that jitter does not lower the rate and a changed source rate does not change it.
 */
export interface RateSampler {
  accepts(atUs: number, framesPerSecond: number): boolean;
}

export function createRateSampler(): RateSampler {
  let slotUs = Number.NEGATIVE_INFINITY;
  return {
    accepts(atUs, framesPerSecond) {
      const intervalUs = 1e6 / framesPerSecond;
      const early = slotUs + intervalUs - atUs;
      // A frame may come early by nearly half an interval: cameras that run at just this rate jitter that much.
      if (early > intervalUs * 0.45) return false;
      slotUs = Math.abs(early) > intervalUs ? atUs : slotUs + intervalUs;
      return true;
    },
  };
}
