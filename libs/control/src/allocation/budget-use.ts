import type { Budget, Claim } from './allocate-budget.ts';
import { bytesPerSecond, servicePerSecond } from '../profile/pareto-front.ts';
import type { Resources } from './resources.ts';
import type { Setting } from '../profile/settings.ts';

/** Settings may take this much more than the budget before they are cut: the thresholds of cutting and raising differ. */
const tolerance = 1.06;

export type BudgetUse = ReturnType<typeof createBudgetUse>;

/**
 * Keeps count of what is used while cameras move.
 *
 * @param planned what there is to share once they have moved
 */
export function createBudgetUse({ budget, usedBytes, usedServiceMs }: Resources, planned: Budget) {
  const moreBytes = new Map<string, number>();
  let moreService = 0;
  const bytesOf = (claim: Claim, from: Setting, to: Setting): number =>
    (bytesPerSecond(to) - bytesPerSecond(from)) * claim.bytesFactor;
  const serviceOf = (claim: Claim, from: Setting, to: Setting): number =>
    servicePerSecond(to) * claim.serviceFactor(to.model) -
    servicePerSecond(from) * claim.serviceFactor(from.model);
  const isUplinkOver = (site: string): boolean =>
    usedBytes(site) > tolerance * (budget.bytesPerSecond.get(site) ?? Infinity);
  return {
    over(site: string): 'uplink' | 'compute' | undefined {
      if (isUplinkOver(site)) return 'uplink';
      return usedServiceMs > tolerance * budget.serviceMsPerSecond ? 'compute' : undefined;
    },
    /** What is taken up more of, and so held cameras back; it has room now where one goes up. */
    scarcer(site: string): 'uplink' | 'compute' {
      const uplinkShare = usedBytes(site) / (budget.bytesPerSecond.get(site) ?? Infinity);
      return usedServiceMs / budget.serviceMsPerSecond > uplinkShare ? 'compute' : 'uplink';
    },
    fits(claim: Claim, from: Setting, to: Setting): boolean {
      const { site } = claim;
      const bytes = bytesOf(claim, from, to);
      const service = serviceOf(claim, from, to);
      const bytesLeft =
        (planned.bytesPerSecond.get(site) ?? Infinity) - usedBytes(site) - (moreBytes.get(site) ?? 0);
      return (
        (bytes <= 0 || bytes <= bytesLeft) &&
        (service <= 0 || service <= planned.serviceMsPerSecond - usedServiceMs - moreService)
      );
    },
    move(claim: Claim, from: Setting, to: Setting): void {
      moreBytes.set(claim.site, (moreBytes.get(claim.site) ?? 0) + bytesOf(claim, from, to));
      moreService += serviceOf(claim, from, to);
    },
  };
}
