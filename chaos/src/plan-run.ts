import { planWalk } from './plan-walk.ts';
import type { PlannedFault, ReadExperiment } from './read-experiment.ts';

/** What a run breaks and when, and how long it lasts. @param full the long form of those that have one */
export function planRun(
  { experiment, faults, walk }: ReadExperiment,
  full: boolean,
  random: () => number,
): { readonly faults: readonly PlannedFault[]; readonly lastsSeconds: number } {
  const { walk: plan, durationSeconds } = experiment;
  if (!plan) return { faults, lastsSeconds: durationSeconds };
  const lastsSeconds = full ? plan.fullSeconds : durationSeconds;
  return { faults: [...faults, ...planWalk(walk, plan, lastsSeconds, random)], lastsSeconds };
}
