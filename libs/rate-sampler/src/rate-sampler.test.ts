import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateSampler } from './rate-sampler.ts';

describe('thinning to a rate', () => {
  it('takes every frame of a camera at just that rate, however it jitters', () => {
    const jitter = fc.array(fc.integer({ min: -22_000, max: 22_000 }), { minLength: 50, maxLength: 50 });
    fc.assert(
      fc.property(jitter, (offsets) => {
        const sampler = createRateSampler();
        const taken = offsets.filter((offset, index) => sampler.accepts(index * 100_000 + offset, 10));
        expect(taken).toHaveLength(50);
      }),
    );
  });

  it('never takes more than the rate allows, and nearly all of it from a faster camera', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 31, max: 120 }), (wanted, source) => {
        const sampler = createRateSampler();
        const times = Array.from({ length: source * 10 }, (_, index) => (index * 1e6) / source);
        const taken = times.filter((time) => sampler.accepts(time, wanted)).length;
        expect(taken).toBeLessThanOrEqual(wanted * 10 + 2);
        expect(taken).toBeGreaterThanOrEqual(wanted * 10 - 2);
      }),
    );
  });

  it('does not catch up after a pause', () => {
    const sampler = createRateSampler();
    sampler.accepts(0, 10);
    const after = Array.from({ length: 10 }, (_, index) => sampler.accepts(60e6 + index * 20_000, 10));
    expect(after.filter(Boolean)).toHaveLength(3);
  });

  it('obeys a changed rate from the next frame on', () => {
    const sampler = createRateSampler();
    const taken = (from: number, rate: number) =>
      Array.from({ length: 100 }, (_, index) => sampler.accepts(from + index * 100_000, rate)).filter(Boolean)
        .length;
    expect(taken(0, 10)).toBe(100);
    expect(taken(10e6, 1)).toBeLessThanOrEqual(11);
    expect(taken(20e6, 10)).toBeGreaterThanOrEqual(99);
  });
});
