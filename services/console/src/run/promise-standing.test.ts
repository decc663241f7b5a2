import { describe, expect, it } from 'vitest';
import type { HistoryPoint } from '../protocol/history.ts';
import { pointOf } from '../../test/points-fixture.ts';
import { burnRate, promiseStanding } from './promise-standing.ts';

const seconds = (count: number, due: number, onTime: number): HistoryPoint[] =>
  Array.from({ length: count }, () => pointOf({ due, onTime, allowedLate: due * 0.05, objectiveMs: 500 }));
const more = { promises: [], violationSeconds: 0 };
const trackOf = (minute: readonly HistoryPoint[]) => ({ last: () => minute, recentP95: () => Number.NaN });

describe('how the promise stands', () => {
  it.each([
    ['idle while nothing is due', [], 'idle'],
    ['kept when few are late', seconds(60, 20, 20), 'kept'],
    ['in danger when many were late just now', [...seconds(55, 20, 20), ...seconds(5, 20, 17)], 'in-danger'],
    ['violated when many were late in all of the minute', seconds(60, 20, 10), 'violated'],
    [
      'recovering when the last ten seconds were good',
      [...seconds(50, 20, 10), ...seconds(10, 20, 20)],
      'recovering',
    ],
  ] as const)('is %s', (_when, minute, verdict) => {
    expect(promiseStanding(trackOf(minute), more).verdict).toBe(verdict);
  });

  it('gives the strictest objective and the share that was on time', () => {
    const minute = [...seconds(1, 10, 10), pointOf({ due: 10, onTime: 5, objectiveMs: 200 })];
    expect(promiseStanding(trackOf(minute), more)).toMatchObject({
      objectiveMs: 200,
      onTimeShare: 0.75,
      p95Ms: null,
    });
  });

  it('burns the budget once as fast as allowed when exactly as many are late as allowed', () => {
    expect(burnRate(seconds(10, 20, 19))).toBeCloseTo(1);
    expect(burnRate(seconds(10, 20, 0))).toBeCloseTo(20);
    expect(burnRate([])).toBe(0);
  });
});
