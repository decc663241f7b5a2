import { expect, it } from 'vitest';
import { mutateJson } from './mutate.ts';

it('makes copies of copies no longer than a string may be', () => {
  const wholeValueManyTimes = [0, 0.75, 0.99];
  const draws = [0.99, ...wholeValueManyTimes, ...wholeValueManyTimes, ...wholeValueManyTimes];
  const changed = mutateJson(() => draws.shift() ?? 0, { camera: 'north/door', text: 'x'.repeat(5000) });
  expect(draws).toEqual([]);
  expect(changed).toHaveLength(2);
  expect(JSON.stringify(changed).length).toBeLessThan(300 * 3 * 3 * 6000);
});
