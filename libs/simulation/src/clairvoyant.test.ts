import { describe, expect, it } from 'vitest';
import { bestStatic } from './best-static.ts';
import { clairvoyant, hasClairvoyant } from './clairvoyant.ts';
import { contenders } from './policies.ts';
import { smallScenarios } from './small-scenarios.ts';

// A case that the search is through with soon.
const [small] = smallScenarios;
const tiny = {
  ...small!,
  durationSeconds: 8,
  cameras: small!.cameras.slice(0, 1),
  disturbances: [{ kind: 'uplink-narrow' as const, factor: 0.2, atSeconds: 3, untilSeconds: 6 }],
};

describe('the clairvoyant', () => {
  it(
    'is never worse than the best setting kept, nor than who sees only the past',
    { timeout: 30_000 },
    () => {
      const optimum = clairvoyant(tiny, 1).totals.netUtility;
      expect(optimum).toBeGreaterThanOrEqual(bestStatic(tiny, 1).totals.netUtility);
      for (const contender of contenders.filter(({ kind }) => kind === 'adaptive' || kind === 'ours'))
        expect(contender.run(tiny, 1).totals.netUtility, contender.name).toBeLessThanOrEqual(optimum * 1.02);
    },
  );

  it('is not asked for where its search would not end', () => {
    expect(smallScenarios.every(hasClairvoyant)).toBe(true);
    expect(hasClairvoyant({ ...tiny, durationSeconds: 600 })).toBe(false);
  });
});
