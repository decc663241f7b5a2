import { describe, expect, it } from 'vitest';
import { pointOf } from '../../test/points-fixture.ts';
import { outcomeOf } from './decision-outcomes.ts';

const second = (at: number, p95Ms: number | null, onTime: number) =>
  pointOf({ atUs: at * 1e6, p95Ms, results: p95Ms === null ? 0 : 10, due: 10, onTime });

describe('what came of a decision', () => {
  const points = [
    ...[95, 96, 97, 98, 99].map((at) => second(at, 800, 2)),
    ...[101, 102, 103].map((at) => second(at, 2000, 0)),
    ...[110, 111, 112].map((at) => second(at, 100, 10)),
  ];

  it('is the time before beside the time behind it, without what was still on its way', () => {
    expect(outcomeOf(100e6, points, 130e6)).toEqual({
      p95BeforeMs: 800,
      p95AfterMs: 100,
      onTimeBefore: 0.2,
      onTimeAfter: 1,
      isSettled: true,
    });
  });

  it('is open while its seconds go on, and unknown where nothing was watched', () => {
    expect(outcomeOf(100e6, points, 112e6)?.isSettled).toBe(false);
    expect(outcomeOf(100e6, points.slice(0, 5), 101e6)).toMatchObject({
      p95AfterMs: null,
      onTimeAfter: null,
    });
    expect(outcomeOf(9000e6, points, 9999e6)).toBeNull();
  });
});
