import { describe, expect, it } from 'vitest';
import { createServiceEstimate } from './service-estimate.ts';

describe('the predicted service time', () => {
  it('is nothing before the first batch, then the first batch, then moves towards what batches take', () => {
    const estimate = createServiceEstimate();
    expect(estimate.predictedUs(0)).toBe(0);
    estimate.observe(40, 0);
    expect(estimate.predictedUs(0)).toBe(40_000);
    for (let i = 0; i < 60; i++) estimate.observe(80, 0);
    expect(estimate.predictedUs(0) / 1000).toBeCloseTo(80, 1);
  });

  it('is hardly moved by one batch of a process that was stopped, and soon follows what is slow for good', () => {
    const estimate = createServiceEstimate();
    estimate.observe(40, 0);
    estimate.observe(20_000, 0);
    expect(estimate.meanMs()).toBeLessThan(60);
    for (let i = 0; i < 20; i++) estimate.observe(400, 0);
    expect(estimate.meanMs()).toBeGreaterThan(350);
  });

  it('is tried again after a second without a batch, however long the last ones took', () => {
    const estimate = createServiceEstimate();
    estimate.observe(5000, 10_000_000);
    expect(estimate.predictedUs(10_900_000)).toBe(5_000_000);
    expect(estimate.predictedUs(11_100_000)).toBe(0);
    estimate.observe(5000, 16_000_000);
    expect(estimate.predictedUs(16_000_000)).toBe(5_000_000);
  });
});
