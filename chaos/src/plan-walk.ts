import type { Experiment } from './experiment.ts';
import type { PlannedFault } from './read-experiment.ts';
import { durationMs } from './local/inject.ts';
import type { Resource } from './resources/resource.ts';

type Walk = NonNullable<Experiment['walk']>;

/** Faults at random, each after the one before it is over and a pause. The same seed gives the same walk. */
export function planWalk(
  resources: readonly Resource[],
  { pauseSeconds: [shortest, longest], restSeconds }: Pick<Walk, 'pauseSeconds' | 'restSeconds'>,
  lastsSeconds: number,
  random: () => number,
): PlannedFault[] {
  const faults: PlannedFault[] = [];
  for (let atSeconds = 0; ;) {
    atSeconds += shortest + random() * (longest - shortest);
    const resource = resources[Math.floor(random() * resources.length)];
    if (!resource) return faults;
    const endsSeconds = atSeconds + durationMs(resource) / 1000;
    if (endsSeconds > lastsSeconds - restSeconds) return faults;
    faults.push({ atSeconds, resource });
    atSeconds = endsSeconds;
  }
}
