import type { Experiment } from './experiment.ts';
import type { Fault, PlannedFault } from './read-experiment.ts';
import { durationMs } from './local/inject.ts';

type Walk = NonNullable<Experiment['walk']>;

/** Faults at random, each after the one before it is over and a pause. The same seed gives the same walk. */
export function planWalk(
  choices: readonly Fault[],
  { pauseSeconds: [shortest, longest], restSeconds }: Pick<Walk, 'pauseSeconds' | 'restSeconds'>,
  lastsSeconds: number,
  random: () => number,
): PlannedFault[] {
  const faults: PlannedFault[] = [];
  for (let atSeconds = 0; ;) {
    atSeconds += shortest + random() * (longest - shortest);
    const fault = choices[Math.floor(random() * choices.length)];
    if (!fault) return faults;
    const endsSeconds = atSeconds + durationMs(fault.resource) / 1000;
    if (endsSeconds > lastsSeconds - restSeconds) return faults;
    faults.push({ ...fault, atSeconds });
    atSeconds = endsSeconds;
  }
}
