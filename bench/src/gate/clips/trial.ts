import { createTrial, trialConditions, trialSubjects } from '@framegate/scene';
import type { Scene, TrialCondition, TrialSubject } from '@framegate/scene';
import type { PictureSize, SceneKey } from './clip.ts';
import { clipSize, framesPerSecond } from './clip.ts';

/** @throws RangeError for a condition or a subject that there is not */
export function openTrial({ condition, subject, seed }: SceneKey, size: PictureSize = clipSize): Scene {
  if (!isCondition(condition)) throw unknown('condition', condition, trialConditions);
  if (!isSubject(subject)) throw unknown('subject', subject, trialSubjects);
  return createTrial({ condition, subject, seed, ...size, framesPerSecond });
}

function isCondition(name: string): name is TrialCondition {
  return trialConditions.some((known) => known === name);
}

function isSubject(name: string): name is TrialSubject {
  return trialSubjects.some((known) => known === name);
}

function unknown(kind: string, name: string, known: readonly string[]): RangeError {
  return new RangeError(`${name}: no such ${kind}. Expected one of ${known.join(', ')}.`);
}
