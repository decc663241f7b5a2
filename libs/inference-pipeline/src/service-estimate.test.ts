import { describe, expect, it } from 'vitest';
import { createServiceEstimate } from './service-estimate.ts';

describe('the predicted service time', () => {
  it('is nothing before the first batch, then the first batch, then moves towards what batches take', () => {
    const estimate = createServiceEstimate();
    expect(estimate.predictedUs()).toBe(0);
    estimate.observe(40);
    expect(estimate.predictedUs()).toBe(40_000);
    for (let i = 0; i < 60; i++) estimate.observe(80);
    expect(estimate.predictedUs() / 1000).toBeCloseTo(80, 1);
  });
});
