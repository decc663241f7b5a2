import { homedir } from 'node:os';
import { join } from 'node:path';
import { unknown } from './clips/trial.ts';
import type { Family } from './gates/families.ts';
import { availableFamilies } from './gates/available.ts';
import type { Plan, PlanChoice } from './plan.ts';
import { makePlan } from './plan.ts';

const partNames = ['trials', 'costs', 'footage'];

export interface RunFlags extends Omit<PlanChoice, 'size' | 'withTuning'> {
  readonly quick: boolean;
  readonly full: boolean;
  readonly only?: string | undefined;
  readonly curves: boolean;
  readonly parts?: string | undefined;
  readonly python?: string | undefined;
  readonly results?: string | undefined;
  readonly workers: string;
  readonly daemons: string;
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
  const parts = flags.parts?.split(',') ?? (flags.only === undefined ? partNames : ['trials']);
  const wrong = parts.find((part) => !partNames.includes(part));
  if (wrong !== undefined) throw unknown('part', wrong, partNames);
  const available = availableFamilies(flags.only, flags.python ?? environment['FRAMEGATE_PYTHON']);
  // Only others are tuned.
  const withTuning = available.families.some((family) => family !== 'ours');
  return {
    ...available,
    plan: makePlan({ ...flags, size: flags.full ? 'full' : 'quick', withTuning }),
    curves: flags.curves || flags.only === undefined,
    parts: new Set(parts),
    workers: positive('workers', flags.workers),
    daemons: positive('daemons', flags.daemons),
    resultsFolder: flags.results ?? cacheFolder(environment),
  };
}

/** Where results and labels lie unless told otherwise. */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  return join(environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'framegate', 'bench-gate');
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new RangeError(`--${name} ${text}: expected a whole number above 0.`);
}
