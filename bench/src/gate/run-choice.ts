import { cacheFolder } from '@framegate/assets';
import type { Family } from './gates/families.ts';
import { availableFamilies } from './gates/available.ts';
import type { Plan, PlanChoice } from './plan.ts';
import { makePlan } from './plan.ts';

export const partNames = ['trials', 'costs', 'footage'] as const;

export interface RunFlags extends Omit<PlanChoice, 'size' | 'withTuning'> {
  readonly quick: boolean;
  readonly full: boolean;
  readonly only?: readonly Family[] | undefined;
  readonly curves: boolean;
  readonly parts?: readonly (typeof partNames)[number][] | undefined;
  readonly python?: string | undefined;
  readonly results?: string | undefined;
  readonly workers: number;
  readonly daemons: number;
}

export interface RunChoice {
  readonly plan: Plan;
  readonly families: readonly Family[];
  readonly python: string | null;
  readonly curves: boolean;
  readonly parts: ReadonlySet<string>;
  readonly workers: number;
  readonly daemons: number;
  readonly resultsFolder: string;
  /** A line for each thing that this machine lacks. */
  readonly notes: readonly string[];
}

/**
 * What the options ask for.
 * @throws RangeError with what is wrong about them, before anything runs
 */
export function chooseRun(flags: RunFlags, environment: NodeJS.ProcessEnv): RunChoice {
  if (flags.quick && flags.full) throw new RangeError('--quick and --full: choose one.');
  const parts = flags.parts ?? (flags.only === undefined ? partNames : ['trials']);
  const available = availableFamilies(flags.only, flags.python ?? environment['FRAMEGATE_PYTHON']);
  // Only others are tuned.
  const withTuning = available.families.some((family) => family !== 'ours');
  return {
    ...available,
    plan: makePlan({ ...flags, size: flags.full ? 'full' : 'quick', withTuning }),
    curves: flags.curves || flags.only === undefined,
    parts: new Set(parts),
    workers: flags.workers,
    daemons: flags.daemons,
    resultsFolder: flags.results ?? gateFolder(environment),
  };
}

/** Where results and labels lie unless told otherwise. */
export function gateFolder(environment: NodeJS.ProcessEnv): string {
  return cacheFolder('bench-gate', environment);
}
