import { expect, test } from 'vitest';
import { quantiserScaleOf } from './jpeg-encoder.ts';

const qualities = Array.from({ length: 100 }, (_, i) => i + 1);

test('a higher quality is never quantised more coarsely', () => {
  const scales = qualities.map(quantiserScaleOf);
  expect(scales).toEqual(scales.toSorted((a, b) => b - a));
});

test('every quality is within what the encoder takes, from its coarsest scale to its finest', () => {
  expect(quantiserScaleOf(1)).toBe(31);
  expect(quantiserScaleOf(100)).toBe(1);
  for (const quality of qualities) expect(Number.isInteger(quantiserScaleOf(quality))).toBe(true);
});
