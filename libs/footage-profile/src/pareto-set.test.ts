import { bytesPerSecond, servicePerSecond } from '@framegate/control';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paretoSet } from './pareto-set.ts';

const point = { framesPerSecond: 5, width: 640, quality: 80, model: 'm', accuracy: 0.9 };
const costs = { bytesPerFrame: 1000, serviceMs: 20 };

describe('the Pareto set of settings', () => {
  it('is without those that cost more and are worth no more', () => {
    const cheap = { ...point, ...costs };
    const dear = { ...cheap, width: 1280, bytesPerFrame: 4000 };
    const better = { ...dear, accuracy: 1 };
    expect(paretoSet([better, dear, cheap])).toEqual([cheap, better]);
  });

  it('keeps the higher rates of a still scene, whose results are fresher and not more accurate', () => {
    const rates = [1, 5, 10].map((framesPerSecond) => ({ ...point, ...costs, framesPerSecond }));
    expect(paretoSet(rates)).toEqual(rates);
  });

  it('has for every setting one that is as good and as cheap', () => {
    const level = fc.integer({ min: 1, max: 4 });
    const any = fc.record({
      framesPerSecond: level, width: level, quality: level, model: fc.constant('m'),
      accuracy: level.map((value) => value / 4), bytesPerFrame: level, serviceMs: level,
    }); // prettier-ignore
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 30 }), (points) => {
        const set = paretoSet(points);
        for (const own of points)
          expect(
            set.some(
              (kept) =>
                kept.framesPerSecond >= own.framesPerSecond &&
                kept.accuracy >= own.accuracy &&
                bytesPerSecond(kept) <= bytesPerSecond(own) &&
                servicePerSecond(kept) <= servicePerSecond(own),
            ),
          ).toBe(true);
      }),
    );
  });
});
