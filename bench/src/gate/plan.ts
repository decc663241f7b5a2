import type { TrialCondition, TrialSubject } from '@framegate/scene';
import { trialConditions } from '@framegate/scene';
import type { Coding, SceneKey } from './clips/clip.ts';
import { codings, framesPerSecond } from './clips/clip.ts';

export const mixNames = ['everyday', 'probes', 'faint'] as const;
type MixName = (typeof mixNames)[number];

/** Subjects whose clips are counted together, so that a row has events of every kind. */
const mixes: Readonly<Record<MixName, readonly TrialSubject[]>> = {
  /** Normal contrast, from 32x80 pixels up. */
  everyday: [
    'walkers',
    'cars',
    'walkers',
    'crowd',
    'nobody',
    'walkers',
    'slow',
    'cars',
    'walkers',
    'standing',
  ],
  /** Every size and contrast: where does recall end? */
  probes: ['probes'],
  /** 22 levels apart from their ground, and of 16x40 pixels. */
  faint: ['low-contrast', 'small'],
};

const usualMixes: readonly MixName[] = ['everyday', 'probes'];

/** Scenes in a row's mix: enough events for the published tables, or for a look in minutes. */
const sizes = {
  quick: { seconds: 40, tuning: { everyday: 1, probes: 0, faint: 0 }, reporting: { everyday: 2, probes: 1, faint: 0 } },
  full: { seconds: 60, tuning: { everyday: 4, probes: 0, faint: 2 }, reporting: { everyday: 20, probes: 16, faint: 16 } },
} as const; // prettier-ignore

/** Some from 101 on were looked at while the gate was built. */
const firstReportingSeed = 201;

export interface PlannedScene extends SceneKey {
  readonly mix: string;
}

export interface Plan {
  readonly scenes: readonly PlannedScene[];
  readonly codings: readonly Coding[];
}

/** Seeds below 100 choose thresholds, all others are reported. */
export function isTuning({ seed }: SceneKey): boolean {
  return seed < 100;
}

export interface PlanChoice {
  readonly size: keyof typeof sizes;
  /** Whether thresholds are to be chosen; seeds that are named are all taken. */
  readonly withTuning: boolean;
  readonly conditions?: readonly TrialCondition[] | undefined;
  readonly codings?: readonly Coding[] | undefined;
  readonly mixes?: readonly MixName[] | undefined;
  /** With these, rows are single subjects. */
  readonly subjects?: readonly TrialSubject[] | undefined;
  readonly seeds?: readonly number[] | undefined;
  readonly seconds?: number | undefined;
}

export function makePlan(choice: PlanChoice): Plan {
  const { conditions = trialConditions, seconds = sizes[choice.size].seconds } = choice;
  const frames = seconds * framesPerSecond;
  const casts =
    choice.subjects === undefined && choice.seeds === undefined
      ? castsOfMixes(choice)
      : castsOfSubjects(choice);
  // Condition by condition, so that a run that is cut short has whole rows.
  const scenes = conditions.flatMap((condition) => casts.map((each) => ({ ...each, condition, frames })));
  return { scenes, codings: choice.codings ?? codings };
}

type Cast = Pick<PlannedScene, 'mix' | 'subject' | 'seed'>;

function castsOfMixes({ size, withTuning, mixes: wanted = usualMixes }: PlanChoice): Cast[] {
  const { tuning, reporting } = sizes[size];
  return wanted.flatMap((mix) => [
    ...cast(mix, 1, withTuning ? tuning[mix] : 0),
    ...cast(mix, firstReportingSeed, reporting[mix]),
  ]);
}

function cast(mix: MixName, firstSeed: number, count: number): Cast[] {
  const subjects = mixes[mix];
  return Array.from({ length: count }, (_, index) => ({
    mix,
    subject: subjects[index % subjects.length] ?? '',
    seed: firstSeed + index,
  }));
}

function castsOfSubjects({ subjects = ['walkers'], seeds = [101, 102, 103] }: PlanChoice): Cast[] {
  return subjects.flatMap((subject) => seeds.map((seed) => ({ mix: subject, subject, seed })));
}
