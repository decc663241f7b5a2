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

  it('believes the second of two slow batches', () => {
    const estimate = createServiceEstimate();
    for (let i = 0; i < 10; i++) estimate.observe(50, 0);
    estimate.observe(150, 0);
    expect(estimate.predictedUs(0)).toBeLessThan(70_000);
    estimate.observe(150, 0);
    expect(estimate.predictedUs(0)).toBe(150_000);
    estimate.observe(50, 0);
    expect(estimate.predictedUs(0)).toBeLessThan(80_000);
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
