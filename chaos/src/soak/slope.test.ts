import { describe, expect, it } from 'vitest';
import { seededRandom } from '../seeded-random.ts';
import { slopeOf } from './slope.ts';

const noise = seededRandom(3);
/** Two hours, each minute: a level for each process and a trend that they share. */
const points = (trendPerHour: number) =>
  ['a', 'b'].flatMap((series, level) =>
    Array.from({ length: 120 }, (_, minute) => ({
      series,
      hours: minute / 60,
      value: 100 * (level + 1) + (trendPerHour * minute) / 60 + noise(),
    })),
  );

describe('the slope of memory', () => {
  it('is that which the processes have in common, whatever their levels are', () => {
    const slope = slopeOf(points(5), 1 / 6, seededRandom(1));
    expect(slope?.perHour).toBeCloseTo(5, 0);
    expect(slope?.upperPerHour).toBeGreaterThan(slope?.perHour ?? Infinity);
    expect(slope?.upperPerHour).toBeLessThan(5.6);
  });

  it('is bounded by nearly nothing where nothing grows', () => {
    expect(slopeOf(points(0), 1 / 6, seededRandom(1))?.upperPerHour).toBeLessThan(0.5);
  });

  it('is not told of less than two blocks', () => {
    expect(slopeOf(points(1).slice(0, 5), 1 / 6, seededRandom(1))).toBe(undefined);
  });
});
