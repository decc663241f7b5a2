import { describe, expect, it } from 'vitest';
import { meanWithInterval, ratioWithInterval } from './bootstrap.ts';
import type { ComparedRun } from './comparison.ts';
import { duels, summarise } from './comparison.ts';
import { createRandom } from './random.ts';
import { simulate } from './simulate.ts';
import { smallScenarios } from './small-scenarios.ts';

const [scenario] = smallScenarios;
const idle = { init: () => 0, step: () => ({ state: 0, actions: [], decisions: [] }) };
const template = simulate({ scenario: scenario!, seed: 1, policy: { name: 'x', ...idle } });
const kinds = new Map([
  ['ours', 'ours'],
  ['theirs', 'adaptive'],
  ['best', 'hindsight'],
] as const);

function runOf(policy: string, seed: number, violationSeconds: number, usefulFrames: number): ComparedRun {
  const netUtility = usefulFrames - 10 * violationSeconds;
  return {
    ...template,
    policy,
    seed,
    totals: { ...template.totals, violationSeconds, usefulFrames, netUtility },
  };
}

describe('an interval by bootstrap', () => {
  it('holds the true mean in about 95 of 100 samples', () => {
    const random = createRandom(4, 'coverage');
    let held = 0;
    for (let i = 0; i < 200; i++) {
      const sample = Array.from({ length: 20 }, () => 5 + random.normal());
      const { low, high } = meanWithInterval(sample, random);
      if (low <= 5 && high >= 5) held += 1;
    }
    expect(held).toBeGreaterThan(200 * 0.88);
    expect(held).toBeLessThan(200 * 0.99);
  });

  it('pairs what belongs to one seed, so that what both share cancels out', () => {
    const random = createRandom(5, 'pairs');
    const pairs = Array.from({ length: 20 }, (): [number, number] => {
      const weather = 1 + 100 * random.uniform();
      return [weather, 2 * weather];
    });
    expect(ratioWithInterval(pairs, random)).toMatchObject({ mean: 0.5, low: 0.5, high: 0.5 });
  });

  it('leaves out what does not exist', () => {
    expect(meanWithInterval([1, Number.NaN, 3], createRandom(1))).toMatchObject({ mean: 2 });
    expect(meanWithInterval([], createRandom(1)).mean).toBeNaN();
  });
});

describe('the comparison of policies', () => {
  const runs = [1, 2].flatMap((seed) => [
    runOf('ours', seed, 3, 100),
    runOf('theirs', seed, 9, 95),
    runOf('best', seed, 1, 120),
  ]);

  it('counts as avoidable what the clairvoyant did not have either', () => {
    const [ours] = summarise(runs, kinds);
    expect(ours!.violationSeconds.mean).toBe(3);
    expect(ours!.avoidableViolationSeconds.mean).toBe(2);
    expect(ours!.regret.mean).toBeCloseTo((110 - 70) / 110);
  });

  it('sets our avoidable violations against those of a baseline that delivers enough', () => {
    expect(duels(runs, kinds)).toMatchObject([
      { baseline: 'theirs', counts: true, violationRatio: { mean: 2 / 8 }, usefulRatio: { mean: 100 / 95 } },
    ]);
    const idler = [runOf('ours', 1, 3, 100), runOf('theirs', 1, 0, 20)];
    expect(duels(idler, kinds)).toMatchObject([{ counts: false }]);
  });
});
