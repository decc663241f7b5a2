import { expect, it } from 'vitest';
import { durationMs } from '../local/inject.ts';
import { seededRandom } from '../seeded-random.ts';
import { planSoak, readSoakFaults } from './plan-soak.ts';

const faultsOfSoak = readSoakFaults();

it('a soak kills the edge during the warm-up only, and goes on with every other fault', () => {
  const faults = planSoak(faultsOfSoak, 200, seededRandom(1));
  const killsOfEdge = faults.filter(({ resource }) => resource.metadata.name === 'kill-edge');
  for (const { atSeconds } of killsOfEdge) expect(atSeconds).toBeLessThan(1800);
  const late = new Set(
    faults.filter(({ atSeconds }) => atSeconds > 1800).map(({ resource }) => resource.metadata.name),
  );
  expect(late.size).toBe(new Set(faultsOfSoak.map(({ resource }) => resource.metadata.name)).size - 1);
});

it.each([1, 2, 3, 4, 5])(
  'a soak of two hours (seed %d) meets each fault in its warm-up, the end of the edge first and outages of cameras often',
  (seed) => {
    const early = planSoak(faultsOfSoak, 2, seededRandom(seed))
      .filter(({ atSeconds }) => atSeconds < 1800)
      .map(({ resource }) => resource.metadata.name);
    expect(early[0]).toBe('kill-edge');
    expect(early.filter((name) => name === 'cameras-fail').length).toBeGreaterThanOrEqual(5);
    const once = early.filter((name, i) => name !== 'cameras-fail' || early.indexOf(name) === i);
    expect(once.toSorted()).toEqual(faultsOfSoak.map(({ resource }) => resource.metadata.name).toSorted());
  },
);

it.each([0.1, 1, 2])('in %d hours faults come one at a time, the last over before the end', (hours) => {
  const faults = planSoak(faultsOfSoak, hours, seededRandom(3));
  expect(faults.length).toBeGreaterThan(hours * 5);
  let freeFrom = 0;
  for (const { atSeconds, resource } of faults) {
    expect(atSeconds).toBeGreaterThan(freeFrom);
    freeFrom = atSeconds + durationMs(resource) / 1000;
  }
  expect(freeFrom).toBeLessThan(hours * 3600);
});
