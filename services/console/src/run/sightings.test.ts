import { expect, it } from 'vitest';
import { detectionOf, frameOf } from '../../test/frames-fixture.ts';
import { createSightings } from './sightings.ts';

it('what stays in view is one sighting, what comes back later another', () => {
  const sightings = createSightings();
  for (const seq of [1, 2, 3, 100, 101]) sightings.add(detectionOf(frameOf(seq)));
  expect(sightings.of('north/door').map(({ fromUs, toUs }) => [fromUs, toUs])).toEqual([
    [10_000_000, 10_100_000],
    [100_000, 300_000],
  ]);
  expect(sightings.of('north/other')).toEqual([]);
});

it('says how many there were at once, the best score, and the zones', () => {
  const sightings = createSightings();
  const one = detectionOf(frameOf(1));
  const person = { box: [0, 0, 1, 1] as [number, number, number, number], className: 'person' };
  sightings.add({
    ...one,
    objects: [
      { ...person, score: 0.5, zones: ['a'] },
      { ...person, score: 0.7, zones: [] },
    ],
  });
  sightings.add({ ...one, objects: [{ ...person, score: 0.6, zones: ['b'] }] });
  expect(sightings.of('north/door')).toMatchObject([{ most: 2, bestScore: 0.7, zones: ['a', 'b'] }]);
});
