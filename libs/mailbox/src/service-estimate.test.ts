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
    expect(estimate.expectedMs()).toBeLessThan(60);
    for (let i = 0; i < 20; i++) estimate.observe(400, 0);
    expect(estimate.expectedMs()).toBeGreaterThan(350);
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

  it('believes two batches that took far longer, one after the other, in full', () => {
    const estimate = createServiceEstimate();
    for (let at = 0; at < 10; at++) estimate.observe(40, at * 40_000);
    estimate.observe(4000, 4_400_000);
    expect(estimate.expectedMs()).toBeLessThan(60);
    estimate.observe(4200, 8_600_000);
    expect(estimate.expectedMs()).toBe(4100);
  });

  it('takes two batches of two workers that a stopped process held at once for one', () => {
    const estimate = createServiceEstimate();
    for (let at = 0; at < 10; at++) estimate.observe(40, at * 40_000);
    estimate.observe(5000, 5_400_000);
    estimate.observe(4990, 5_400_000);
    expect(estimate.expectedMs()).toBeLessThan(170);
    for (let at = 0; at < 10; at++) estimate.observe(40, 5_440_000 + at * 40_000);
    estimate.observe(5000, 11_000_000);
    expect(estimate.expectedMs()).toBeLessThan(70);
  });

  it('believes workers that are fast again at the second batch, which no prediction keeps away', () => {
    const estimate = createServiceEstimate();
    for (let at = 1; at < 5; at++) estimate.observe(4000, at * 4_000_000);
    expect(estimate.predictedUs(16_500_000)).toBe(4_000_000);
    estimate.observe(40, 17_100_000);
    expect(estimate.predictedUs(17_100_000)).toBe(40_000);
    expect(estimate.expectedMs()).toBeGreaterThan(3000);
    estimate.observe(44, 17_200_000);
    expect(estimate.expectedMs()).toBe(42);
  });

  it('begins anew after ten seconds without a batch, but not after one that took as long', () => {
    const estimate = createServiceEstimate();
    for (let at = 1; at < 5; at++) estimate.observe(4000, at * 4_000_000);
    estimate.observe(40, 30_000_000);
    expect(estimate.expectedMs()).toBe(40);
    estimate.observe(15_000, 45_000_000);
    expect(estimate.expectedMs()).toBeLessThan(60);
  });
});
