import { expect, it } from 'vitest';
import { pointOf } from '../../../test/points-fixture.ts';
import { latencyLines, stageLines, sumsOf, throughputLines, withGaps } from './promise-data.ts';

it('no line is drawn across a time in which nobody measured, and no figure counts it', () => {
  const measured = [1, 2, 60, 61].map((second) =>
    pointOf({ atUs: second * 1e6, p95Ms: 90, objectiveMs: 500, captured: 10, due: 10, onTime: 9 }),
  );
  const points = withGaps(measured, 1);
  expect(points.map(({ atUs }) => atUs / 1e6)).toEqual([1, 2, 3, 60, 61]);
  for (const line of [...latencyLines(points), ...stageLines(points), ...throughputLines(points)])
    expect(line.values[2], line.label).toBeNull();
  expect(latencyLines(points)[3]?.values).toEqual([500, 500, null, 500, 500]);
  expect(sumsOf(points, 0.95)).toEqual(sumsOf(measured, 0.95));
});
