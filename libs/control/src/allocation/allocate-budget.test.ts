import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Budget, Claim } from './allocate-budget.ts';
import { allocateBudget } from './allocate-budget.ts';
import { builtInProfile } from '../profile/built-in-profile.ts';
import { ladderOf } from '../profile/ladder.ts';
import { bytesPerSecond, servicePerSecond } from '../profile/pareto-front.ts';
import { settingsOf } from '../profile/settings.ts';

const lever = { scope: 'camera', settleSeconds: 2, cost: 1 } as const;
const settings = settingsOf(builtInProfile(), {
  slos: [],
  dependencies: [],
  levers: [
    { ...lever, lever: 'frame-rate', steps: [1, 2, 5, 10] },
    { ...lever, lever: 'resolution', steps: [320, 1280] },
    { ...lever, lever: 'jpeg-quality', steps: [50, 80] },
  ],
});
const prices = { perByte: 2 ** -10, perServiceMs: 1 };
const ladder = ladderOf(settings, prices);

const claims = fc
  .array(
    fc.record({
      site: fc.constantFrom('north', 'south'),
      priority: fc.integer({ min: 1, max: 3 }),
      weight: fc.integer({ min: 1, max: 4 }),
      bytesFactor: fc.double({ min: 0.2, max: 2, noNaN: true }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((list) =>
    list.map((one, index): Claim => ({
      cameraId: `${one.site}/${index}`,
      ladder,
      prices,
      serviceFactor: () => 1,
      ...one,
    })),
  );
const budgets = fc
  .record({
    north: fc.integer({ min: 0, max: 4e6 }),
    south: fc.integer({ min: 0, max: 4e6 }),
    service: fc.integer({ min: 0, max: 5000 }),
  })
  .map(({ north, south, service }): Budget => ({
    bytesPerSecond: new Map([
      ['north', north],
      ['south', south],
    ]),
    serviceMsPerSecond: service,
  }));
const modes = fc.constantFrom('utility' as const, 'max-min' as const);

const spent = (all: readonly Claim[], rungs: readonly number[], site: string) =>
  all.reduce(
    (sum, claim, i) =>
      claim.site === site ? sum + bytesPerSecond(claim.ladder[rungs[i]!]!) * claim.bytesFactor : sum,
    0,
  );
const served = (all: readonly Claim[], rungs: readonly number[]) =>
  all.reduce((sum, claim, i) => sum + servicePerSecond(claim.ladder[rungs[i]!]!), 0);

describe('sharing out a budget', () => {
  it('gives everybody the floor at least, and spends no more than there is unless the floors do', () => {
    fc.assert(
      fc.property(claims, budgets, modes, (all, budget, mode) => {
        const rungs = allocateBudget(all, budget, mode);
        const floors = all.map(() => 0);
        for (const [i, rung] of rungs.entries()) expect(all[i]!.ladder[rung]).toBeDefined();
        for (const [site, limit] of budget.bytesPerSecond)
          expect(spent(all, rungs, site)).toBeLessThanOrEqual(
            Math.max(limit, spent(all, floors, site)) + 1e-6,
          );
        expect(served(all, rungs)).toBeLessThanOrEqual(
          Math.max(budget.serviceMsPerSecond, served(all, floors)) + 1e-6,
        );
      }),
    );
  });

  it('gives the same for the same', () => {
    fc.assert(
      fc.property(claims, budgets, modes, (all, budget, mode) => {
        expect(allocateBudget(all, budget, mode)).toEqual(allocateBudget(all, budget, mode));
      }),
    );
  });

  it('never gives a camera less for more weight or priority', () => {
    fc.assert(
      fc.property(claims, budgets, modes, fc.nat(), fc.boolean(), (all, budget, mode, pick, isWeight) => {
        const index = pick % all.length;
        const dearer = all.map((claim, i) => {
          if (i !== index) return claim;
          return isWeight
            ? { ...claim, weight: claim.weight * 2 }
            : { ...claim, priority: claim.priority - 1 };
        });
        const [before, after] = [allocateBudget(all, budget, mode), allocateBudget(dearer, budget, mode)];
        expect(after[index]).toBeGreaterThanOrEqual(before[index]!);
      }),
    );
  });

  it('keeps equal cameras within one rung of each other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 4e6 }),
        modes,
        (count, bytes, mode) => {
          const all = Array.from({ length: count }, (_, i): Claim => ({
            cameraId: `north/${i}`,
            site: 'north',
            priority: 1,
            weight: 1,
            ladder,
            prices,
            bytesFactor: 1,
            serviceFactor: () => 1,
          }));
          const rungs = allocateBudget(
            all,
            { bytesPerSecond: new Map([['north', bytes]]), serviceMsPerSecond: Infinity },
            mode,
          );
          expect(Math.max(...rungs) - Math.min(...rungs)).toBeLessThanOrEqual(1);
        },
      ),
      {
        examples: [
          [9, 990_030, 'utility'],
          [9, 828_610, 'utility'],
        ],
      },
    );
  });

  it('serves a higher priority in full before a lower one leaves its floor', () => {
    const claim = { site: 'north', weight: 1, ladder, prices, bytesFactor: 1, serviceFactor: () => 1 };
    const all = [
      { ...claim, cameraId: 'north/a', priority: 2 },
      { ...claim, cameraId: 'north/b', priority: 1 },
    ];
    const top = bytesPerSecond(ladder.at(-1)!);
    const budget = {
      bytesPerSecond: new Map([['north', top + bytesPerSecond(ladder[0]!)]]),
      serviceMsPerSecond: Infinity,
    };
    expect(allocateBudget(all, budget, 'utility')).toEqual([0, ladder.length - 1]);
  });
});

describe('a ladder', () => {
  it('rises in worth, each rung bringing less for its price than the one before', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20, max: 5 }), (exponent) => {
        const own = { perByte: 2 ** exponent, perServiceMs: 1 };
        const rungs = ladderOf(settings, own);
        const cost = (i: number) => bytesPerSecond(rungs[i]!) * own.perByte + servicePerSecond(rungs[i]!);
        const slopes = rungs
          .slice(1)
          .map((rung, i) => (rung.utility - rungs[i]!.utility) / (cost(i + 1) - cost(i)));
        expect(rungs.at(-1)).toEqual(settings.at(-1));
        for (const [i, slope] of slopes.entries()) {
          expect(slope).toBeGreaterThan(0);
          if (i > 0) expect(slope).toBeLessThan(slopes[i - 1]!);
        }
      }),
    );
  });
});
