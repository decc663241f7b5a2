import { isInScope } from './camera-scope.ts';
import type { Declaration, SliName, Slo } from './declaration.ts';

/** What is promised of one camera. */
export interface Promises {
  readonly latency: Slo | undefined;
  /** Least frame rate and least accuracy that SLOs ask for; 0 when none does. */
  readonly leastFramesPerSecond: number;
  readonly leastAccuracy: number;
  /** Of its most important SLO. */
  readonly priority: number;
  readonly weight: number;
}

const ordinary = { priority: 100, weight: 1 };

export function promisesOf(declaration: Declaration, cameraId: string, site: string): Promises {
  const slos = declaration.slos
    .filter(({ scope }) => isInScope(scope, declaration.cameraClasses ?? {}, { cameraId, site }))
    .toSorted((a, b) => a.priority - b.priority || b.weight - a.weight);
  const most = (sli: SliName): number =>
    Math.max(0, ...slos.filter((slo) => slo.sli === sli).map(({ objective }) => objective));
  const { priority, weight } = slos[0] ?? ordinary;
  return {
    latency: slos.find(({ sli }) => sli === 'latency'),
    leastFramesPerSecond: most('frame-rate'),
    leastAccuracy: most('accuracy'),
    priority,
    weight,
  };
}
