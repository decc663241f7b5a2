import { describe, expect, it } from 'vitest';
import type { SecondFacts } from './history-series.ts';
import { createHistorySeries } from './history-series.ts';

const second = (change: Partial<SecondFacts> = {}): SecondFacts => ({
  atUs: 0,
  due: 0,
  onTime: 0,
  allowedLate: 0,
  captured: 0,
  stopped: 0,
  published: 0,
  publishedBytes: 0,
  analysed: 0,
  passedOver: 0,
  levers: null,
  batch: null,
  workers: null,
  ...change,
});

describe('a series of points', () => {
  it('sums its seconds and takes quantiles over all of their results', () => {
    const series = createHistorySeries(2, 100);
    for (const latencyMs of [10, 20, 30])
      series.result({ latencyMs, objectiveMs: 500, stagesMs: [latencyMs] });
    series.second(
      second({ atUs: 5, due: 3, onTime: 3, captured: 10, stopped: 6, published: 4, publishedBytes: 400 }),
    );
    series.result({ latencyMs: 1000, objectiveMs: 200, stagesMs: [0] });
    expect(series.points()).toEqual([]);
    series.second(second({ due: 1, captured: 10, stopped: 10 }));
    const [point] = series.points();
    expect(point).toMatchObject({
      atUs: 5,
      seconds: 2,
      results: 4,
      due: 4,
      onTime: 3,
      captured: 20,
      violated: true,
    });
    expect(point).toMatchObject({ objectiveMs: 200, savedBytes: 1600 });
    expect(point?.p50Ms).toBeCloseTo(20, 0);
    expect(point?.p99Ms).toBe(1000);
    expect(point?.stagesMs[0]).toBe(15);
  });

  it('has nothing to say of seconds without results, and forgets the oldest', () => {
    const series = createHistorySeries(1, 2);
    for (const atUs of [1e6, 2e6, 3e6]) series.second(second({ atUs }));
    expect(series.points().map((point) => point.atUs)).toEqual([2e6, 3e6]);
    expect(series.points()[0]).toMatchObject({ p95Ms: null, objectiveMs: null, violated: false });
  });
});
