import type { Declaration, Lever, LeverName, Slo } from './declaration.ts';
import type { Profile, ProfilePoint } from '../profile/profile.ts';

/** What the cloud runs on. */
export interface Machine {
  readonly cores: number;
  /** Of the frames' topics: no more replicas than these get work. */
  readonly partitions?: number;
}

/** An objective that no setting keeps, or several that no setting keeps together. */
export interface ObjectiveProblem {
  readonly slos: readonly string[];
  readonly kind: 'unreachable' | 'contradictory';
  /** The best value of the last of `slos`, in its SLI's unit. */
  readonly best: number;
  /** What is wrong, the best that is possible, and what to do. */
  readonly message: string;
}

const units: Readonly<Record<Slo['sli'], string>> = {
  latency: ' ms',
  freshness: ' ms',
  'frame-rate': '/s',
  goodput: '/s',
  accuracy: '',
  availability: '',
};

/**
 * The objectives of a declaration that can't be kept even with nothing else going on: one camera, an idle machine
 * and the best setting that levers and profile allow. What passes can still fail under load.
 */
export function reachable(declaration: Declaration, profile: Profile, machine: Machine): ObjectiveProblem[] {
  const allowed = profile.points.filter((point) => isAllowed(point, declaration.levers));
  const points = allowed.length > 0 ? allowed : profile.points;
  if (points.length === 0) return [];
  const workers = workersOf(declaration.levers, machine);
  const alone = declaration.slos.flatMap((slo) => unreachable(slo, points, workers, profile.name));
  const kept = declaration.slos.filter(({ name }) => !alone.some(({ slos }) => slos.includes(name)));
  return [...alone, ...contradictions(kept, points, workers, profile.name)];
}

function unreachable(slo: Slo, points: readonly ProfilePoint[], workers: number, profile: string) {
  const best = bestOf(slo, points, workers);
  if (keeps(slo, best)) return [];
  const message =
    `${describe(slo)} can't be reached: with profile "${profile}" and these levers the best is ` +
    `${show(best)}${units[slo.sli]}. Move the objective, or allow a setting that reaches it`;
  return [{ slos: [slo.name], kind: 'unreachable' as const, best, message }];
}

/** Pairs of one scope and priority, so that neither may give way, which no single setting keeps. */
function contradictions(
  slos: readonly Slo[],
  points: readonly ProfilePoint[],
  workers: number,
  profile: string,
): ObjectiveProblem[] {
  return slos.flatMap((first, index) =>
    slos.slice(index + 1).flatMap((second) => {
      if (!standTogether(first, second)) return [];
      const left = points.filter((point) => keeps(first, valueOf(first, point, workers)));
      const best = bestOf(second, left, workers);
      if (keeps(second, best)) return [];
      const message =
        `${describe(first)} and ${describe(second)} exclude each other: where the first holds, profile ` +
        `"${profile}" gives at best ${show(best)}${units[second.sli]}. Move one, or give them different priorities`;
      return [{ slos: [first.name, second.name], kind: 'contradictory' as const, best, message }];
    }),
  );
}

function standTogether(first: Slo, second: Slo): boolean {
  return first.priority === second.priority && JSON.stringify(first.scope) === JSON.stringify(second.scope);
}

const isAtMost = ({ sli }: Slo): boolean => sli === 'latency' || sli === 'freshness';

function keeps(slo: Slo, value: number): boolean {
  return isAtMost(slo) ? value <= slo.objective : value >= slo.objective;
}

function bestOf(slo: Slo, points: readonly ProfilePoint[], workers: number): number {
  const values = points.map((point) => valueOf(slo, point, workers));
  return isAtMost(slo) ? Math.min(...values) : Math.max(...values);
}

/** What a setting gives one camera on an idle machine, in the SLI's unit. */
function valueOf({ sli }: Slo, point: ProfilePoint, workers: number): number {
  const rate = Math.min(point.framesPerSecond, (workers * 1000) / point.serviceMs);
  switch (sli) {
    case 'latency':
      return point.serviceMs;
    case 'freshness':
      return point.serviceMs + 1000 / rate;
    case 'frame-rate':
      return rate;
    case 'goodput':
      return (workers * 1000) / point.serviceMs;
    case 'accuracy':
      return point.accuracy;
    case 'availability':
      return 1;
  }
}

function isAllowed(point: ProfilePoint, levers: readonly Lever[]): boolean {
  const within = (name: LeverName, value: number | string): boolean =>
    levers.every(({ lever, steps }) => lever !== name || covers(steps, value));
  return (
    within('frame-rate', point.framesPerSecond) &&
    within('resolution', point.width) &&
    within('jpeg-quality', point.quality) &&
    within('model', point.model)
  );
}

/** Numbers by their range: a profile is measured at steps of its own. */
function covers(steps: Lever['steps'], value: number | string): boolean {
  if (typeof value === 'string') return steps.some((step) => step === value);
  const numbers = steps.map(Number);
  return value >= Math.min(...numbers) && value <= Math.max(...numbers);
}

function workersOf(levers: readonly Lever[], { cores }: Machine): number {
  const lever = levers.find((one) => one.lever === 'inference-workers');
  return lever ? Math.min(cores, Math.max(...lever.steps.map(Number))) : cores;
}

function describe(slo: Slo): string {
  return `SLO "${slo.name}" (${slo.sli} ${isAtMost(slo) ? 'at most' : 'at least'} ${slo.objective}${units[slo.sli]})`;
}

function show(value: number): string {
  return String(Number(value.toPrecision(3)));
}
