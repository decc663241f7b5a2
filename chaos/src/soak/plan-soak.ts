import { planWalk } from '../plan-walk.ts';
import type { Fault, PlannedFault } from '../read-experiment.ts';
import { readExperiment } from '../read-experiment.ts';

const pauseSeconds: readonly [number, number] = [90, 300];
const mostWarmUpHours = 0.5;

/** A process that has just started grows into its code and caches: what it grows by in this time is not judged. */
export function warmUpHoursOf(hours: number): number {
  return Math.min(mostWarmUpHours, hours / 4);
}

/** What a soak draws from: what the random walk has, and cameras that all go away. */
export function readSoakFaults(): readonly Fault[] {
  return [...readExperiment('random-walk').walk, ...readExperiment('camera-storm').faults];
}

/**
 * A fault each few minutes. The only edge is killed during the warm-up and then left alone: growth shows in a process
 * that lives, and each kill would begin it anew. Of the others one each is never killed.
 */
export function planSoak(faults: readonly Fault[], hours: number, random: () => number): PlannedFault[] {
  // A short soak has its faults closer together, so that it tries itself.
  const scale = Math.min(1, hours);
  const pause: [number, number] = [pauseSeconds[0] * scale, pauseSeconds[1] * scale];
  const restSeconds = Math.min(60, hours * 900);
  const fromSeconds = warmUpHoursOf(hours) * 3600;
  const walk = (choices: readonly Fault[], lastsSeconds: number, atRest: number): PlannedFault[] =>
    planWalk(choices, { pauseSeconds: pause, restSeconds: atRest }, lastsSeconds, random);
  const early = walk(faults, fromSeconds, 0);
  const sparing = faults.filter((fault) => !killsEdge(fault));
  const late = walk(sparing, hours * 3600 - fromSeconds, restSeconds);
  return [...early, ...late.map((fault) => ({ ...fault, atSeconds: fault.atSeconds + fromSeconds }))];
}

function killsEdge({ resource }: Fault): boolean {
  if (resource.kind !== 'PodChaos') return false;
  return Object.values(resource.spec.selector.labelSelectors ?? {}).includes('edge');
}
