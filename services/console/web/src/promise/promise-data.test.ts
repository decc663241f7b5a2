import { expect, it } from 'vitest';
import { pointOf } from '../../../test/points-fixture.ts';
import {
  latencyLines,
  percentLines,
  promiseText,
  sloText,
  stageLines,
  sumsOf,
  throughputLines,
  withGaps,
} from './promise-data.ts';

it('no line is drawn across a time in which nobody measured, and no figure counts it', () => {
  const measured = [1, 2, 60, 61].map((second) =>
    pointOf({
      atUs: second * 1e6,
      p95Ms: 90,
      objectiveMs: 500,
      captured: 10,
      due: 10,
      onTime: 9,
      allowedLate: 0.5,
    }),
  );
  const points = withGaps(measured, 1);
  expect(points.map(({ atUs }) => atUs / 1e6)).toEqual([1, 2, 3, 60, 61]);
  for (const line of [
    ...latencyLines(points),
    ...percentLines(points),
    ...stageLines(points),
    ...throughputLines(points),
  ])
    expect(line.values[2], line.label).toBeNull();
  expect(latencyLines(points)[3]?.values).toEqual([500, 500, null, 500, 500]);
  expect(sumsOf(points)).toEqual(sumsOf(measured));
});

it('what is promised is told once where it is the same of all cameras, else of how many each', () => {
  const strict = { slo: 'doors', objectiveMs: 300, target: 0.99, cameras: 2 };
  const usual = { slo: '500 ms', objectiveMs: 500, target: 0.95, cameras: 1 };
  expect(promiseText([])).toBe('');
  expect(promiseText([usual])).toBe('95 % of the results within 500 ms of the capture.');
  expect(promiseText([strict, usual])).toBe(
    'Of the results: 99 % of those of 2 cameras within 300 ms, 95 % of those of one camera within 500 ms of the capture.',
  );
  expect(sloText(strict)).toBe('doors: 99 % within 300 ms (2 cameras)');
  expect(sloText(usual)).toBe('95 % within 500 ms (1 camera)');
});

it('results of cameras with different objectives are drawn against one line, each by its own', () => {
  const [, p95, , objective] = percentLines([pointOf({ p95Percent: 60 }), pointOf({ p95Percent: 120 })]);
  expect(p95?.values).toEqual([60, 120]);
  expect(objective).toMatchObject({ label: 'own objective', values: [100, 100] });
});
