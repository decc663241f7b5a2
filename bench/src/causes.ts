/**
 * Whether Status & Causes Inference blames the right cause: faults of every kind, alone and in pairs, injected into
 * the simulated pipeline, and peace with all its natural unrest.
 * `pnpm bench causes [--from 100] [--seeds 10] [--quiet 10] [--json]`; seeds 1-9 are for tuning, from 100 on for reporting.
 *
 * single: of the faults that break the promise, those whose cause comes first in the newest blames spoken within 5 s
 * of the first violation-second. double: two faults at once, of different causes, each of which breaks the promise
 * alone; the first two causes must be the two. An outage
 * of the broker is injected alone only, because through it nothing else can be seen. quiet: minutes without a fault in which every site kept the promise over the
 * minute; right when nothing was blamed in any of its seconds.
 */
import type { Cause } from '@framegate/control';
import { causes } from '@framegate/control';
import { benchOptions } from './bench-options.ts';
import type { DrawnFault } from './causes/draw-fault.ts';
import { drawFault } from './causes/draw-fault.ts';
import { ground, peaceOf, sites } from './causes/ground.ts';
import { printCauses } from './causes/print.ts';
import { breakOf, delayOf, spoken, topTwo } from './causes/score.ts';
import { stepCost } from './causes/step-cost.ts';
import type { TrialSecond } from './causes/trial.ts';
import { runTrial } from './causes/trial.ts';
import { seededRandom } from './causes/seeded-random.ts';

export interface SingleRow {
  readonly seed: number;
  readonly fault: string;
  readonly cause: Cause;
  readonly blamed: Cause | 'none';
  readonly isPlaceRight: boolean;
  readonly delaySeconds: number;
}

export interface DoubleRow {
  readonly seed: number;
  readonly faults: readonly [string, string];
  readonly causes: readonly [Cause, Cause];
  readonly blamed: readonly string[];
  readonly isRight: boolean;
}

export interface QuietRow {
  readonly seed: number;
  readonly isKept: boolean;
  readonly blamed: readonly string[];
}

interface Broken {
  readonly fault: DrawnFault;
  readonly at: number;
}

const quietSeconds = 75;
const warmUpSeconds = 15;
const nameOf = ({ cause, what }: DrawnFault): string => `${cause}: ${what}`;

function singles(seed: number, peace: readonly TrialSecond[]): { rows: SingleRow[]; broken: Broken[] } {
  const rows: SingleRow[] = [];
  const broken: Broken[] = [];
  for (const cause of causes) {
    const fault = drawFault(cause, seededRandom(`${seed} ${cause}`));
    const run = runTrial(ground, seed, fault.disturbances);
    const at = breakOf(run, peace);
    if (at === undefined) continue;
    broken.push({ fault, at });
    const [first] = spoken(run, at);
    rows.push({
      seed,
      fault: nameOf(fault),
      cause,
      blamed: first?.cause ?? 'none',
      isPlaceRight: first?.cause === cause && (first.at === fault.at || fault.at === ''),
      delaySeconds: delayOf(run, at, fault),
    });
  }
  return { rows, broken };
}

function doubles(seed: number, broken: readonly Broken[]): DoubleRow[] {
  const seen = broken.filter(({ fault }) => !fault.hidesAll);
  return seen.flatMap((first, index) =>
    seen.slice(index + 1).map((second): DoubleRow => {
      const run = runTrial(ground, seed, [...first.fault.disturbances, ...second.fault.disturbances]);
      const blamed = topTwo(spoken(run, Math.max(first.at, second.at)));
      const pair = [first.fault.cause, second.fault.cause] as const;
      return {
        seed,
        faults: [nameOf(first.fault), nameOf(second.fault)],
        causes: pair,
        blamed,
        isRight: pair.every((cause) => blamed.includes(cause)),
      };
    }),
  );
}

function quiet(seed: number): QuietRow {
  const disturbances = peaceOf(seededRandom(`${seed} peace`), quietSeconds);
  const run = runTrial({ ...ground, durationSeconds: quietSeconds }, seed, disturbances);
  const minute = run.slice(warmUpSeconds);
  const isKept = sites.every((site) => {
    const share = (of: 'due' | 'onTime'): number =>
      minute.reduce((sum, second) => sum + (second.sites[site]?.[of] ?? 0), 0);
    return share('onTime') >= 0.95 * share('due');
  });
  const blamed = new Set(minute.flatMap(({ blames }) => blames.map(({ cause, at }) => `${cause} ${at}`)));
  return { seed, isKept, blamed: [...blamed] };
}

const flags = benchOptions({
  json: { type: 'boolean', default: false },
  from: { type: 'number', default: 100, from: 0, whole: true },
  seeds: { type: 'number', default: 10, from: 1, whole: true },
  quiet: { type: 'number', default: 10, from: 0, whole: true },
});
const { from, seeds: count, quiet: quietPerSeed } = flags;

const result = {
  singles: [] as SingleRow[],
  doubles: [] as DoubleRow[],
  quiet: [] as QuietRow[],
  unbroken: 0,
};
for (let seed = from; seed < from + count; seed++) {
  const { rows, broken } = singles(seed, runTrial(ground, seed, []));
  result.singles.push(...rows);
  result.unbroken += causes.length - broken.length;
  result.doubles.push(...doubles(seed, broken));
  for (let minute = 0; minute < quietPerSeed; minute++) result.quiet.push(quiet(seed * 1000 + minute));
  process.stderr.write(`\rseed ${seed} of ${from}-${from + count - 1}`);
}
if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
const results = { ...result, stepMs: stepCost(1000) };
if (flags.json)
  process.stdout.write(
    `${JSON.stringify({ schema: 'framegate.report/1', kind: 'bench', bench: 'causes', results }, null, 2)}\n`,
  );
else process.stdout.write(printCauses(results));
