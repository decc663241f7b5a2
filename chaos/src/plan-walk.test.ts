import { expect, it } from 'vitest';
import { durationMs } from './local/inject.ts';
import { planWalk } from './plan-walk.ts';
import { readExperiment } from './read-experiment.ts';
import { seededRandom } from './seeded-random.ts';

it('a random walk is the same for the same seed, has one fault at a time, and ends with a rest', () => {
  const { walk: resources, experiment } = readExperiment('random-walk');
  const { walk } = experiment;
  if (!walk) throw new Error('the random walk has no walk');
  const planOf = (seed: number) => planWalk(resources, walk, 1800, seededRandom(seed));
  const faults = planOf(1);
  expect(planOf(1)).toEqual(faults);
  expect(planOf(2)).not.toEqual(faults);
  expect(new Set(faults.map(({ resource }) => resource.metadata.name)).size).toBeGreaterThan(8);
  let freeFrom = 0;
  for (const { atSeconds, resource } of faults) {
    expect(atSeconds - freeFrom).toBeGreaterThanOrEqual(walk.pauseSeconds[0]);
    freeFrom = atSeconds + durationMs(resource) / 1000;
  }
  expect(freeFrom).toBeLessThanOrEqual(1800 - walk.restSeconds);
});
