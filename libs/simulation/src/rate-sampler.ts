/** Thins to a rate by time, by the rule of `libs/camera-pipeline/src/rate-sampler.ts`, which this models. */
export interface RateSampler {
  accepts(atUs: number, framesPerSecond: number): boolean;
}

export function createRateSampler(): RateSampler {
  let slotUs = Number.NEGATIVE_INFINITY;
  return {
    accepts(atUs, framesPerSecond) {
      const intervalUs = 1e6 / framesPerSecond;
      const early = slotUs + intervalUs - atUs;
      if (early > intervalUs * 0.45) return false;
      slotUs = Math.abs(early) > intervalUs ? atUs : slotUs + intervalUs;
      return true;
    },
  };
}
