import type { Declaration } from '@framegate/control';

/**
 * The share of results that must come within their objective: of the latency objective that holds for all cameras,
 * or else of the strictest one. Undefined where no latency is promised.
 */
export function promisedTarget(declaration: Declaration | undefined): number | undefined {
  const promised = declaration?.slos.filter(({ sli }) => sli === 'latency') ?? [];
  const forAll = promised.filter(({ scope }) => Object.keys(scope).length === 0);
  const targets = (forAll.length > 0 ? forAll : promised).map(({ target }) => target);
  return targets.length === 0 ? undefined : Math.max(...targets);
}
