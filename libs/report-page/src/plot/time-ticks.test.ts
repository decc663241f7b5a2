import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeText, timeTicks } from './time-ticks.ts';

describe('ticks of a time axis', () => {
  it('fall on round moments', () => {
    expect(timeTicks([0, 300], 10)).toEqual([0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300]);
    expect(timeTicks([7, 95], 4)).toEqual([30, 60, 90]);
  });

  it('lie within the stretch and are no more than asked for', () => {
    const stretch = fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 80_000 }));
    fc.assert(
      fc.property(stretch, fc.integer({ min: 1, max: 12 }), ([from, length], count) => {
        const ticks = timeTicks([from, from + length], count);
        expect(ticks.length).toBeLessThanOrEqual(count + 1);
        expect(ticks.every((tick) => tick >= from - 1e-6 && tick <= from + length + 1e-6)).toBe(true);
      }),
    );
  });

  it('are written as clocks write them', () => {
    expect([0, 5, 83.5, 59.96, 3600, 3725, -90].map(timeText)).toEqual([
      '0:00', '0:05', '1:23.5', '1:00', '1:00:00', '1:02:05', '−1:30',
    ]); // prettier-ignore
  });
});
