import type { BurnCounts } from './burn-rate.ts';
import { burnRates, countSecond, noBurn, stateOf } from './burn-rate.ts';
import { isInScope } from '../declaration/camera-scope.ts';
import type { Declaration, Slo } from '../declaration/declaration.ts';
import { quantileOf } from '../observation/latency-histogram.ts';
import type { CameraObservation } from '../observation/observation.ts';
import type { SliMemory } from './sli-samples.ts';
import { remember, samplesOf } from './sli-samples.ts';
import type { SloStatus } from '../status/status.ts';
import { emptyRecord } from '../record.ts';

/**
 * Where a promise is kept or broken by itself. Latency is watched at each site, because sites fail one by one and
 * good ones must not hide a bad one; goodput over all of the scope; everything else for each camera.
 */
export interface Unit {
  readonly counts: BurnCounts;
  /** Values of the last two seconds, each as its cameras told them; an older version stored them in one list. */
  readonly values: readonly (readonly (number | readonly number[])[])[];
}

export interface SloMemory {
  /** By SLO, then by name; the cameras of a latency SLO, too, to name those that break it. */
  readonly units: Readonly<Record<string, Readonly<Record<string, Unit>>>>;
  readonly cameras: Readonly<Record<string, SliMemory>>;
}

export const noSloMemory: SloMemory = { units: {}, cameras: {} };

export interface SloStep {
  readonly memory: SloMemory;
  readonly slos: readonly SloStatus[];
}

/** Judges every SLO by one second more. Cameras that were not told of keep their counts for as long as they fade. */
export function judgeSlos(
  { slos, cameraClasses = {} }: Declaration,
  memory: SloMemory,
  cameras: readonly CameraObservation[],
): SloStep {
  const remembered = emptyRecord<SliMemory>();
  for (const camera of cameras)
    remembered[camera.cameraId] = remember(memory.cameras[camera.cameraId], camera);
  const units = emptyRecord<Record<string, Unit>>();
  const statuses = slos.map((slo) => {
    const inScope = cameras.filter((camera) => isInScope(slo.scope, cameraClasses, camera));
    const own = judge(slo, inScope, memory.units[slo.name] ?? {}, remembered);
    units[slo.name] = own.units;
    return own.status;
  });
  return { memory: { units, cameras: remembered }, slos: statuses };
}

interface Sum {
  good: number;
  bad: number;
  values: (readonly number[])[];
}

const noValues: readonly number[] = [];

function judge(
  slo: Slo,
  cameras: readonly CameraObservation[],
  before: Readonly<Record<string, Unit>>,
  remembered: Readonly<Record<string, SliMemory>>,
): { readonly units: Record<string, Unit>; readonly status: SloStatus } {
  const sums = sumSamples(slo, cameras, remembered);
  const units = emptyRecord<Unit>();
  let worst: { unit: Unit; short: number; long: number } | undefined;
  const breaking: string[] = [];
  for (const [name, sum] of sums) {
    const unit = nextUnit(before[name], sum, slo);
    units[name] = unit;
    const rates = burnRates(unit.counts, slo, slo.sli === 'latency' ? Infinity : 1);
    if (name.includes('/') && rates.short > 1) breaking.push(name);
    if (slo.sli === 'latency' && name.includes('/')) continue;
    if (!worst || isWorse(rates, worst)) worst = { unit, ...rates };
  }
  const state = worst ? stateOf(worst) : 'kept';
  const status = {
    slo: slo.name,
    value: worst ? valueOf(slo, worst.unit.values.flat(2)) : Number.NaN,
    objective: slo.objective,
    burnRateShort: worst?.short ?? 0,
    burnRateLong: worst?.long ?? 0,
    state,
    cameras: state === 'kept' ? [] : slo.sli === 'goodput' ? behind(cameras) : breaking,
  };
  return { units, status };
}

function sumSamples(
  slo: Slo,
  cameras: readonly CameraObservation[],
  remembered: Readonly<Record<string, SliMemory>>,
): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  const add = (name: string, good: number, bad: number, values: readonly number[]): void => {
    const sum = sums.get(name);
    if (!sum) {
      sums.set(name, { good, bad, values: [values] });
      return;
    }
    sum.good += good;
    sum.bad += bad;
    sum.values.push(values);
  };
  let due = 0;
  for (const camera of cameras) {
    const memory = remembered[camera.cameraId] ?? { resultAgeMs: Number.NaN, usualRate: Number.NaN };
    const { good, bad, values } = samplesOf(slo, camera, memory);
    if (slo.sli === 'goodput') {
      add('scope', 0, 0, values);
      due += camera.due > 0 ? camera.due : 0;
      continue;
    }
    // A camera of a latency SLO only counts: its site has the values.
    add(camera.cameraId, good, bad, slo.sli === 'latency' ? noValues : values);
    if (slo.sli === 'latency') add(camera.site, good, bad, values);
  }
  const scope = sums.get('scope');
  if (scope && due > 0) judgeSum(scope, Math.min(slo.objective, due));
  return sums;
}

/** A scope that has fewer frames than it is to deliver owes only those. */
function judgeSum(sum: Sum, owed: number): void {
  const total = sum.values.flat().reduce((a, b) => a + b, 0);
  sum.values = [[total]];
  if (total >= owed) sum.good = 1;
  else sum.bad = 1;
}

function nextUnit(unit: Unit | undefined, { good, bad, values }: Sum, slo: Slo): Unit {
  return {
    counts: countSecond(unit?.counts ?? noBurn, good, bad, slo.windowSeconds),
    values: [unit?.values.at(-1) ?? [], values],
  };
}

function isWorse(
  a: { readonly short: number; readonly long: number },
  b: { readonly short: number; readonly long: number },
): boolean {
  const [stateA, stateB] = [rank[stateOf(a)], rank[stateOf(b)]];
  return stateA === stateB ? a.short > b.short || (a.short === b.short && a.long > b.long) : stateA > stateB;
}

const rank = { kept: 0, 'in-danger': 1, violated: 2 };

/** What the target's share of the samples reaches: p95 for a latency target of 0.95, p5 for a rate. */
function valueOf({ sli, target }: Slo, values: readonly number[]): number {
  return quantileOf(values, sli === 'latency' || sli === 'freshness' ? target : 1 - target);
}

function behind(cameras: readonly CameraObservation[]): string[] {
  return cameras.filter(({ due, onTime }) => due > onTime).map(({ cameraId }) => cameraId);
}
