import { forecourt } from '../backdrops/forecourt.ts';
import { composeStaging } from '../compose-scene.ts';
import type { Condition } from '../conditions/condition.ts';
import type { Scene, SceneSpec } from '../scene.ts';
import { completeSpec } from '../spec.ts';
import type { Staging } from '../staging.ts';
import { conditions, type TrialCondition } from './condition.ts';
import { passersAt } from './passages.ts';
import { pillarsOf } from './pillars.ts';
import { subjects, type Subject, type TrialSubject } from './subject.ts';

/** What disturbs the view of a trial. */
export const trialConditions: readonly TrialCondition[] = namesOf(conditions);
/** Who crosses the view of a trial. */
export const trialSubjects: readonly TrialSubject[] = namesOf(subjects);

export interface TrialRequest extends Partial<Omit<SceneSpec, 'name'>> {
  readonly condition: TrialCondition;
  readonly subject: TrialSubject;
}

const framing = { horizon: 0.05, focal: 1, heightMetres: 5 };

/**
 * A scene that judges motion gates: one disturbance, one kind of subject, exact truth, and empty stretches between
 * the passages. Usually 60 s long, though any frame can be asked for. Its sizes in pixels hold for a height of 720
 * and scale with it. Defaults and errors as for `createScene`.
 */
export function createTrial({ condition, subject, ...size }: TrialRequest): Scene {
  const spec = completeSpec({ ...size, name: `${condition}/${subject}` });
  return composeStaging(stageTrial(condition, subject, spec), spec);
}

export function stageTrial(
  conditionName: TrialCondition,
  subjectName: TrialSubject,
  { seed, width, height }: SceneSpec,
): Staging {
  const subject: Subject = pickNamed('subject', subjects, subjectName);
  const condition: (seed: number) => readonly Condition[] = pickNamed('condition', conditions, conditionName);
  const pillars = pillarsOf(subject, width, height);
  return {
    place: { backdrop: forecourt(pillars), framing },
    conditions: condition(seed),
    screens: pillars,
    actorsAt: (view, seconds) => passersAt(subject, seed, view, pillars, seconds),
  };
}

function namesOf<T extends object>(table: T): (keyof T)[] {
  return Object.keys(table).filter((name): name is Extract<keyof T, string> => name in table);
}

function pickNamed<T extends object, K extends keyof T>(kind: string, table: T, name: K): T[K] {
  if (Object.hasOwn(table, name)) return table[name];
  throw new RangeError(
    `unknown trial ${kind} "${String(name)}": choose one of ${Object.keys(table).join(', ')}`,
  );
}
