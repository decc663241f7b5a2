import { bytesPerSecond, servicePerSecond } from './pareto-front.ts';
import type { Setting } from './settings.ts';

/** What a byte and a millisecond of service are worth against each other while both are scarce. */
export interface Prices {
  readonly perByte: number;
  readonly perServiceMs: number;
  /** Put on a setting whose levers all stand at their highest; absent: their declared costs don't count. */
  readonly perLever?: number;
}

/** Levers at their highest cost up to so much of what the dearest setting takes of what is scarce. */
const leverShare = 0.25;

/** The same prices with the declared costs of levers: of two remedies that do alike, the cheaper is taken. */
export function withLeverCosts(settings: readonly Setting[], prices: Prices): Prices {
  const dearest = settings.reduce((most, setting) => Math.max(most, takenOf(setting, prices)), 0);
  return { ...prices, perLever: leverShare * dearest };
}

/**
 * The rungs that are worth standing on at these prices, from the cheapest up: the upper convex hull of accuracy over
 * cost, so that each rung brings less for its price than the one before. A greedy climb over such ladders is within
 * one rung of the optimum (the linear relaxation of the multiple-choice knapsack, Sinha and Zoltners 1979).
 */
export function ladderOf(settings: readonly Setting[], prices: Prices): Setting[] {
  const hull: Setting[] = [];
  const sorted = settings.toSorted((a, b) => costOf(a, prices) - costOf(b, prices) || b.utility - a.utility);
  for (const point of sorted) {
    if (point.utility <= (hull.at(-1)?.utility ?? -Infinity)) continue;
    for (let last = hull.at(-1), before = hull.at(-2); last && before;) {
      if (worthOf(before, last, prices) > worthOf(last, point, prices)) break;
      hull.pop();
      [last, before] = [hull.at(-1), hull.at(-2)];
    }
    hull.push(point);
  }
  return hull;
}

const free = Number.MAX_VALUE;

/** Accuracy gained for the price of the climb; `free` when it costs nothing (a finite number, so that ranks can be compared). */
export function worthOf(from: Setting, to: Setting, prices: Prices): number {
  const price = costOf(to, prices) - costOf(from, prices);
  return price <= 0 ? free : (to.utility - from.utility) / price;
}

function costOf(point: Setting, prices: Prices): number {
  return takenOf(point, prices) + (prices.perLever ?? 0) * point.leverPrice;
}

/** What it takes of what is scarce. */
function takenOf(point: Setting, { perByte, perServiceMs }: Prices): number {
  return bytesPerSecond(point) * perByte + servicePerSecond(point) * perServiceMs;
}
