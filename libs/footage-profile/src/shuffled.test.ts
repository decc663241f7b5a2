import { expect, it } from 'vitest';
import { shuffled } from './shuffled.ts';

it('shuffles by the seed alone: all items once, each place in turn', () => {
  const items = ['a', 'b', 'c', 'd'];
  expect(shuffled(items, 7)).toEqual(shuffled(items, 7));
  expect(shuffled(items, 7).toSorted()).toEqual(items);
  const firsts = Array.from({ length: 400 }, (_, seed) => shuffled(items, seed)[0]);
  for (const item of items) expect(firsts.filter((first) => first === item).length).toBeGreaterThan(60);
});
