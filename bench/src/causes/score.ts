import type { Blame } from '@framegate/control';
import type { DrawnFault } from './draw-fault.ts';
import { injectedAtSeconds } from './ground.ts';
import type { TrialSecond } from './trial.ts';

/** Seconds from the first broken promise within which the right cause must be blamed. */
const withinSeconds = 5;

/**
 * The second in which a fault first breaks the promise: beyond what the same weather does without the fault, two
 * cameras are violated or one is dark. Undefined for a fault that never does within 15 s.
 */
export function breakOf(run: readonly TrialSecond[], peace: readonly TrialSecond[]): number | undefined {
  return run.find(({ second, violations, dark }, index) => {
    if (second <= injectedAtSeconds || second > injectedAtSeconds + 15) return false;
    const usual = peace[index];
    return violations >= (usual?.violations ?? 0) + 2 || dark > (usual?.dark ?? 0);
  })?.second;
}

/** The newest blames that were spoken between the break and five seconds later; none where none were. */
export function spoken(run: readonly TrialSecond[], brokenAt: number): readonly Blame[] {
  const inTime = run.filter(
    ({ second, blames }) => second >= brokenAt && second <= brokenAt + withinSeconds && blames.length > 0,
  );
  return inTime.at(-1)?.blames ?? [];
}

/** Seconds from the break to the first right blame in first place. */
export function delayOf(run: readonly TrialSecond[], brokenAt: number, { cause }: DrawnFault): number {
  const first = run.find(({ second, blames }) => second >= brokenAt && blames[0]?.cause === cause);
  return first ? first.second - brokenAt : Number.NaN;
}

/** The first two causes, each once. */
export function topTwo(blames: readonly Blame[]): string[] {
  return [...new Set(blames.map(({ cause }) => cause))].slice(0, 2);
}
