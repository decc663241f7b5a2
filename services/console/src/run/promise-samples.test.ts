import { describe, expect, it } from 'vitest';
import { addSummaries } from '@framegate/history-store';
import { stages } from '@framegate/run-observer';
import type { ResultFacts, SecondFacts } from './history-series.ts';
import { createHistorySeries } from './history-series.ts';
import { pointsOf, promiseSeries, samplesOf } from './promise-samples.ts';

const busy: SecondFacts = {
  atUs: 7e6,
  due: 4,
  onTime: 2,
  allowedLate: 0.2,
  captured: 20,
  stopped: 10,
  published: 10,
  publishedBytes: 5000,
  analysed: 3,
  passedOver: 1,
  levers: { frameRate: 0.5, width: 1, quality: 0.8 },
  batch: 2,
  workers: 1,
};
const results: ResultFacts[] = [40, 80, 900].map((latencyMs) => ({
  latencyMs,
  objectiveMs: 500,
  stagesMs: stages.map((_stage, i) => i + latencyMs),
}));
const idle: SecondFacts = {
  atUs: busy.atUs,
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
};

describe('how the promise stood, as the history keeps it,', () => {
  it('is read back as the point that was shown', () => {
    const series = createHistorySeries(1, 100);
    for (const result of results) series.result(result);
    series.second(busy);
    // Both round a quantile to 2 %, each in buckets of its own.
    const shown = {
      ...series.points()[0],
      p50Ms: expect.closeTo(80, -0.5),
      p50Percent: expect.closeTo(16, 0),
      p99Percent: expect.closeTo(180, 0),
      p95Percent: expect.closeTo(180, 0),
    };
    expect(pointsOf(samplesOf({ slo: '', facts: busy, results }))).toEqual([shown]);
  });

  it('takes one row where nothing happened, and tells that it did not', () => {
    const samples = samplesOf({ slo: '', facts: idle, results: [] });
    expect(samples).toHaveLength(1);
    const series = createHistorySeries(1, 100);
    series.second(idle);
    expect(pointsOf(samples)).toEqual(series.points());
  });

  it('adds up to longer steps', () => {
    const [first, second] = [
      samplesOf({ slo: '', facts: busy, results }),
      samplesOf({ slo: '', facts: idle, results: [] }),
    ];
    const both = first.map((sample) => {
      const other = second.find(({ series }) => series === sample.series);
      return { ...sample, summary: addSummaries([sample.summary, ...(other ? [other.summary] : [])]) };
    });
    expect(pointsOf(both)).toMatchObject([{ seconds: 2, due: 4, results: 3, violated: true }]);
  });

  it('is in the series that are asked for, and in no other', () => {
    expect(new Set(samplesOf({ slo: '', facts: busy, results }).map(({ series }) => series))).toEqual(
      new Set(promiseSeries),
    );
  });
});
