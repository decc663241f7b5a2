/** What a batch will take, from what batches took: an exponentially weighted mean (1/8, as TCP's round-trip time, RFC 6298). */
export interface ServiceEstimate {
  observe(serviceMs: number): void;
  /** 0 before the first batch: nothing is given up on a guess. */
  predictedUs(): number;
}

export function createServiceEstimate(): ServiceEstimate {
  let meanMs: number | undefined;
  return {
    observe: (serviceMs) =>
      void (meanMs = meanMs === undefined ? serviceMs : meanMs + (serviceMs - meanMs) / 8),
    predictedUs: () => (meanMs ?? 0) * 1000,
  };
}
