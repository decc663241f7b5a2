import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declaration } from '../../test/pipeline-fixture.ts';
import { builtInProfile } from './built-in-profile.ts';
import { bytesPerSecond, servicePerSecond } from './pareto-front.ts';
import { interpolateRate, settingsOf } from './settings.ts';

const point = { width: 640, quality: 80, model: 'm', bytesPerFrame: 20_000, serviceMs: 40 };

describe('the settings of a camera', () => {
  it('are within the levers, and none beats another', () => {
    const settings = settingsOf(builtInProfile(), declaration);
    for (const one of settings) {
      expect([1, 2, 3, 5, 10]).toContain(one.framesPerSecond);
      const better = settings.filter(
        (other) =>
          other !== one &&
          other.utility >= one.utility &&
          bytesPerSecond(other) <= bytesPerSecond(one) &&
          servicePerSecond(other) <= servicePerSecond(one),
      );
      expect(better).toEqual([]);
    }
  });

  it('keep a lever that is not declared at the value of the most accurate point', () => {
    const levers = declaration.levers.filter(({ lever }) => lever === 'resolution');
    const settings = settingsOf(builtInProfile(), { ...declaration, levers });
    expect(new Set(settings.map(({ framesPerSecond, quality }) => `${framesPerSecond} ${quality}`))).toEqual(
      new Set(['15 80']),
    );
  });

  it('refuse a profile that has nothing within the levers, and say what to do', () => {
    const levers = declaration.levers.map((lever) =>
      lever.lever === 'resolution' ? { ...lever, steps: [4000] } : lever,
    );
    expect(() => settingsOf(builtInProfile(), { ...declaration, levers })).toThrow(
      'profile built-in has no point within the declared levers: measure it again or widen their steps',
    );
  });
});

describe('interpolating a profile over the frame rate', () => {
  it('stays between its neighbours, gives measured points back, and invents nothing above', () => {
    const curve = [
      { ...point, framesPerSecond: 2, accuracy: 0.5 },
      { ...point, framesPerSecond: 8, accuracy: 0.9 },
    ];
    expect(interpolateRate(curve, 8)[0]?.accuracy).toBeCloseTo(0.9);
    expect(interpolateRate(curve, 9)).toEqual([]);
    fc.assert(
      fc.property(fc.double({ min: 2, max: 8, noNaN: true }), (rate) => {
        const [between] = interpolateRate(curve, rate);
        expect(between?.accuracy).toBeGreaterThanOrEqual(0.5 - 1e-9);
        expect(between?.accuracy).toBeLessThanOrEqual(0.9 + 1e-9);
      }),
    );
  });
});
