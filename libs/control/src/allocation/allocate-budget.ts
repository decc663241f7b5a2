import type { Prices } from '../profile/ladder.ts';
import { worthOf } from '../profile/ladder.ts';
import { bytesPerSecond, servicePerSecond } from '../profile/pareto-front.ts';
import type { Setting } from '../profile/settings.ts';

/** What a camera asks for. */
export interface Claim {
  readonly cameraId: string;
  readonly site: string;
  /** 1 is served first; a lower one gets what is left above the floors. */
  readonly priority: number;
  /** Relative, among equal priorities. */
  readonly weight: number;
  /** From the floor up; the same array for cameras that are alike, as each level is compared once for all of them. */
  readonly ladder: readonly Setting[];
  readonly prices: Prices;
  /** What it really costs as a multiple of what its profile says: bytes, and a model's time. */
  readonly bytesFactor: number;
  readonly serviceFactor: (model: string) => number;
}

/** What is there each second. */
export interface Budget {
  /** By site; an absent one is not limited. */
  readonly bytesPerSecond: ReadonlyMap<string, number>;
  /** Milliseconds of workers, which all models share; Infinity when not limited. */
  readonly serviceMsPerSecond: number;
}

/** `utility`: the largest weighted sum of accuracies. `max-min`: the camera that has least goes first. */
export type AllocationMode = 'utility' | 'max-min';

interface Level {
  readonly priority: number;
  readonly rank: number;
  readonly level: number;
  readonly members: readonly number[];
}

/**
 * Gives each camera a setting: everybody the floor, then one rung after the other to whom it brings most for its
 * price, higher priorities first. Never above a budget, unless the floors alone are; deterministic; more priority or
 * weight never gives a camera less.
 *
 * @returns for each claim the index of its rung in its ladder
 */
export function allocateBudget(claims: readonly Claim[], budget: Budget, mode: AllocationMode): number[] {
  const rungs = claims.map(() => 0);
  const blocked = claims.map(() => false);
  const use = createUse(budget);
  for (const claim of claims) use.move(claim, undefined, claim.ladder[0]);
  const ceilings = ceilingsOf(claims);
  for (const { level, members } of levelsOf(claims, mode))
    for (const index of members) {
      const [claim, ceiling] = [claims[index], ceilings[index]];
      if (!claim || !ceiling || blocked[index]) continue;
      const from = claim.ladder[level - 1];
      const to = claim.ladder[level];
      if (level <= ceiling.level && use.fits(claim, from, to)) {
        use.move(claim, from, to);
        rungs[index] = level;
      } else {
        blocked[index] = true;
        ceiling.level = Math.min(level, ceiling.level);
      }
    }
  return rungs;
}

interface Ceiling {
  level: number;
}

/**
 * For each claim the ceiling that it shares with its equals. A rung may cost fewer bytes than the one below it: without
 * a ceiling its equals would pass by who was stopped there.
 */
function ceilingsOf(claims: readonly Claim[]): Ceiling[] {
  const byLadder = new Map<readonly Setting[], Map<string, Ceiling>>();
  return claims.map(({ ladder, site, priority, weight, bytesFactor }) =>
    byLadder
      .getOrInsertComputed(ladder, () => new Map<string, Ceiling>())
      .getOrInsertComputed(`${site} ${priority} ${weight} ${bytesFactor}`, () => ({ level: Infinity })),
  );
}

/** The climbs of all cameras in the order in which they are granted. */
function levelsOf(claims: readonly Claim[], mode: AllocationMode): Level[] {
  const levels: Level[] = [];
  for (const { priority, weight, ladder, prices, members } of alike(claims)) {
    // A rank never rises along a ladder, also where rounding or equal worths would make it.
    let rank = Infinity;
    for (let level = 1; level < ladder.length; level += 1) {
      const [from, to] = [ladder[level - 1], ladder[level]];
      if (!from || !to) continue;
      const wish = mode === 'max-min' ? -from.utility / weight : weight * worthOf(from, to, prices);
      rank = Math.min(rank, wish);
      levels.push({ priority, rank, level, members });
    }
  }
  return levels.toSorted((a, b) => a.priority - b.priority || b.rank - a.rank || a.level - b.level);
}

interface Alike extends Pick<Claim, 'priority' | 'weight' | 'ladder' | 'prices'> {
  readonly members: number[];
}

function alike(claims: readonly Claim[]): Alike[] {
  const byLadder = new Map<readonly Setting[], Alike[]>();
  claims.forEach(({ priority, weight, ladder, prices }, index) => {
    const groups = byLadder.get(ladder) ?? [];
    if (groups.length === 0) byLadder.set(ladder, groups);
    const same = groups.find((group) => group.priority === priority && group.weight === weight);
    if (same) same.members.push(index);
    else groups.push({ priority, weight, ladder, prices, members: [index] });
  });
  return [...byLadder.values()].flat();
}

function createUse(budget: Budget) {
  const bytes = new Map<string, number>();
  let service = 0;
  return {
    fits(claim: Claim, from: Setting | undefined, to: Setting | undefined): boolean {
      if (!to) return false;
      const moreBytes = bytesOf(claim, to) - bytesOf(claim, from);
      const moreService = serviceOf(claim, to) - serviceOf(claim, from);
      const bytesLeft = (budget.bytesPerSecond.get(claim.site) ?? Infinity) - (bytes.get(claim.site) ?? 0);
      return (
        (moreBytes <= 0 || moreBytes <= bytesLeft) &&
        (moreService <= 0 || moreService <= budget.serviceMsPerSecond - service)
      );
    },
    move(claim: Claim, from: Setting | undefined, to: Setting | undefined): void {
      const used = bytes.get(claim.site) ?? 0;
      bytes.set(claim.site, used + bytesOf(claim, to) - bytesOf(claim, from));
      service += serviceOf(claim, to) - serviceOf(claim, from);
    },
  };
}

function bytesOf(claim: Claim, point: Setting | undefined): number {
  return point ? bytesPerSecond(point) * claim.bytesFactor : 0;
}

function serviceOf(claim: Claim, point: Setting | undefined): number {
  return point ? servicePerSecond(point) * claim.serviceFactor(point.model) : 0;
}
