import { durationMs } from '../local/inject.ts';
import { planWalk } from '../plan-walk.ts';
import type { Fault, PlannedFault } from '../read-experiment.ts';
import { readExperiment } from '../read-experiment.ts';

const pauseSeconds: Pause = [90, 300];
const earlyPauseSeconds: Pause = [30, 60];
const mostWarmUpHours = 0.5;
/** Other faults between two outages of the cameras during the warm-up. */
const othersBetween = 2;

/** A process that has just started grows into its code and caches: what it grows by in this time is not judged. */
export function warmUpHoursOf(hours: number): number {
  return Math.min(mostWarmUpHours, hours / 4);
}

/** What a soak draws from: what the random walk has, and cameras that all go away. */
export function readSoakFaults(): readonly Fault[] {
  return [...readExperiment('random-walk').walk, ...readExperiment('camera-storm').faults];
}

/**
 * During the warm-up each fault once, so that what is judged later is no first time, which compiles code; the cameras go
 * away again and again, because each return of theirs has the edge compile what handles a frame anew, the code it
 * keeps growing until the fifth. Then a fault at random each few minutes, but for the edge's end: growth shows in a
 * process that lives, so the only edge is killed first of all and then left alone. Of the others one each is never killed.
 */
export function planSoak(faults: readonly Fault[], hours: number, random: () => number): PlannedFault[] {
  // A short soak has its faults closer together, so that it tries itself.
  const scale = Math.min(1, hours);
  const fromSeconds = warmUpHoursOf(hours) * 3600;
  const fatal = faults.filter((fault) => ends(fault, 'edge'));
  const outages = faults.filter((fault) => ends(fault, 'cameras'));
  const sparing = faults.filter((fault) => !ends(fault, 'edge'));
  const others = sparing.filter((fault) => !ends(fault, 'cameras'));
  const often = others.flatMap((fault, i) => (i % othersBetween === 0 ? [...outages, fault] : [fault]));
  const early = oneByOne([...fatal, ...often], scaled(earlyPauseSeconds, scale), fromSeconds, random);
  const late = planWalk(
    sparing,
    { pauseSeconds: scaled(pauseSeconds, scale), restSeconds: Math.min(60, hours * 900) },
    hours * 3600 - fromSeconds,
    random,
  );
  return [...early, ...late.map((fault) => ({ ...fault, atSeconds: fault.atSeconds + fromSeconds }))];
}

type Pause = readonly [number, number];

function scaled([shortest, longest]: Pause, scale: number): [number, number] {
  return [shortest * scale, longest * scale];
}

/** As many of them as there is time for, one after the other. */
function oneByOne(
  faults: readonly Fault[],
  [shortest, longest]: Pause,
  lastsSeconds: number,
  random: () => number,
): PlannedFault[] {
  const planned: PlannedFault[] = [];
  let freeFrom = 0;
  for (const fault of faults) {
    const atSeconds = freeFrom + shortest + random() * (longest - shortest);
    freeFrom = atSeconds + durationMs(fault.resource) / 1000;
    if (freeFrom <= lastsSeconds) planned.push({ ...fault, atSeconds });
  }
  return planned;
}

/** Whether it ends all or some pods of this component. */
function ends({ resource }: Fault, component: string): boolean {
  if (resource.kind !== 'PodChaos') return false;
  return Object.values(resource.spec.selector.labelSelectors ?? {}).includes(component);
}
