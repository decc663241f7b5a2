import { describe, expect, it } from 'vitest';
import type { HistoryPoint } from '../protocol/history.ts';
import { burnRate, promiseStanding } from './promise-standing.ts';

const quiet: HistoryPoint = {
  atUs: 0,
  seconds: 1,
  results: 0,
  p50Ms: null,
  p95Ms: null,
  p99Ms: null,
  objectiveMs: null,
  due: 0,
  onTime: 0,
  violated: false,
  stagesMs: [],
  captured: 0,
  stopped: 0,
  published: 0,
  analysed: 0,
  passedOver: 0,
  publishedBytes: 0,
  savedBytes: 0,
  levers: null,
  batch: null,
  workers: null,
};
const seconds = (count: number, due: number, onTime: number): HistoryPoint[] =>
  Array.from({ length: count }, () => ({ ...quiet, due, onTime, objectiveMs: 500 }));
const more = { target: 0.95, violationSeconds: 0, p95Ms: Number.NaN };

describe('how the promise stands', () => {
  it.each([
    ['idle while nothing is due', [], 'idle'],
    ['kept when few are late', seconds(60, 20, 20), 'kept'],
    ['in danger when many were late just now', [...seconds(55, 20, 20), ...seconds(5, 20, 17)], 'in-danger'],
    ['violated when many were late in all of the minute', seconds(60, 20, 10), 'violated'],
    [
      'kept again when the last ten seconds were good',
      [...seconds(50, 20, 10), ...seconds(10, 20, 20)],
      'kept',
    ],
  ] as const)('is %s', (_when, minute, verdict) => {
    expect(promiseStanding(minute, more).verdict).toBe(verdict);
  });

  it('gives the strictest objective and the share that was on time', () => {
    const minute = [...seconds(1, 10, 10), { ...quiet, due: 10, onTime: 5, objectiveMs: 200 }];
    expect(promiseStanding(minute, more)).toMatchObject({ objectiveMs: 200, onTimeShare: 0.75, p95Ms: null });
  });

  it('burns the budget once as fast as allowed when exactly as many are late as allowed', () => {
    expect(burnRate(seconds(10, 20, 19), 0.95)).toBeCloseTo(1);
    expect(burnRate(seconds(10, 20, 0), 0.95)).toBeCloseTo(20);
    expect(burnRate([], 0.95)).toBe(0);
  });
});
