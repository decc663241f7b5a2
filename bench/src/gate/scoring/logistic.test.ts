import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Probe, Visibility } from './logistic.ts';
import { contrastAt, fitVisibility, heightAt } from './logistic.ts';

/** Probes on a raster; each is seen in as many of 40 trials as its chance says. */
function probesOf({ bias, height, contrast }: Visibility): Probe[] {
  const trials = 40;
  return [20, 40, 80, 160].flatMap((heightPx) =>
    [6, 12, 24, 48].flatMap((contrastLevels) => {
      const odds = bias + height * Math.log2(heightPx) + contrast * Math.log2(contrastLevels);
      const hits = Math.round(trials / (1 + Math.exp(-odds)));
      return Array.from({ length: trials }, (_, index) => ({ heightPx, contrastLevels, seen: index < hits }));
    }),
  );
}

describe('fitVisibility', () => {
  it('finds the curve that probes were drawn from', () => {
    const drawn = { bias: -14, height: 1.2, contrast: 1.6 };
    const fit = fitVisibility(probesOf(drawn));
    expect(fit.height).toBeCloseTo(drawn.height, 0);
    expect(fit.contrast).toBeCloseTo(drawn.contrast, 0);
    const crossing = contrastAt(drawn, 80, 0.95) ?? 0;
    expect((contrastAt(fit, 80, 0.95) ?? 0) / crossing).toBeCloseTo(1, 1);
  });

  it('stays finite where every probe is seen, or none', () => {
    for (const seen of [true, false]) {
      const fit = fitVisibility(
        probesOf({ bias: 0, height: 0, contrast: 0 }).map((probe) => ({ ...probe, seen })),
      );
      expect(Object.values(fit).every(Number.isFinite)).toBe(true);
    }
    expect(Object.values(fitVisibility([])).every(Number.isFinite)).toBe(true);
  });

  it('crosses a chance at the same place, by size and by contrast', () => {
    const fits = fc.record({
      bias: fc.double({ min: -20, max: 0, noNaN: true }),
      height: fc.double({ min: 0.3, max: 3, noNaN: true }),
      contrast: fc.double({ min: 0.3, max: 3, noNaN: true }),
    });
    fc.assert(
      fc.property(fits, fc.integer({ min: 20, max: 160 }), (fit, heightPx) => {
        const levels = contrastAt(fit, heightPx, 0.95) ?? 0;
        expect(heightAt(fit, levels, 0.95)).toBeCloseTo(heightPx, 3);
      }),
    );
  });

  it('has no crossing where contrast does not help', () => {
    expect(contrastAt({ bias: 1, height: 1, contrast: 0 }, 80, 0.95)).toBeNull();
  });
});
