import type { Action } from '../action.ts';
import type { ComputeCapacity } from '../capacity/compute-capacity.ts';
import type { ServiceState } from '../controller-state.ts';
import type { Declaration } from '../declaration/declaration.ts';
import { leverOf, numericSteps } from '../profile/settings.ts';
import { emptyRecord } from '../record.ts';

/** What one turn of the loop changes at one model's workers. */
export interface PoolChange {
  readonly model: string;
  readonly lever: 'batch' | 'inference-workers';
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly action: Action;
}

export interface ServiceSample {
  readonly atUs: number;
  readonly objectiveMs: number;
  /** Milliseconds of workers each second that all would need at their best settings, by model. */
  readonly wantedServiceMs: ReadonlyMap<string, number>;
  /** The same of the turns before, the newest last. */
  readonly wantedBefore: Readonly<Record<string, readonly number[]>>;
  /** Results are late, and not because of the way. */
  readonly isLate: boolean;
}

const everySeconds = 10;
const busyShare = 0.9;
/** Above this load of its workers a model gets more of them, and fewer where these had less to do for a minute. */
const fullLoad = 0.85;
const lowLoad = 0.7;
const calmTurns = 6;
/** A batch may take this share of the objective: a frame that just missed one waits for all of the next. */
const batchShare = 0.35;

export const restingService: ServiceState = { actedAtUs: -1e15 };

export function isServiceDue(service: ServiceState, atUs: number): boolean {
  return atUs - service.actedAtUs >= everySeconds * 1e6;
}

/** A model may change as soon as it must, and then stays for as long as one turn of the loop. */
export function mayChangeModel({ modelChangedAtUs = -1e15 }: ServiceState, atUs: number): boolean {
  return atUs - modelChangedAtUs >= everySeconds * 1e6;
}

interface ServiceTurn {
  readonly actedAtUs: number;
  /** What the next turn is to know of the last ones. */
  readonly wanted: Readonly<Record<string, readonly number[]>>;
  readonly changes: readonly PoolChange[];
}

/**
 * Batch size by additive increase while the workers are saturated and by halving while results are late (Clipper,
 * Crankshaw et al., NSDI 2017); workers go up by steps when the wanted load needs them.
 */
export function serviceLoop(
  pools: Readonly<Record<string, ComputeCapacity>>,
  declaration: Declaration,
  sample: ServiceSample,
): ServiceTurn {
  const changes = Object.entries(pools).flatMap(([model, pool]) => {
    const batch = batchChange(model, pool, declaration, sample);
    const workers = workersChange(model, pool, declaration, sample);
    const remedies = [batch, workers].filter((change) => change !== undefined);
    return remedies.toSorted((a, b) => costOf(a, declaration) - costOf(b, declaration)).slice(0, 1);
  });
  const wanted = emptyRecord<readonly number[]>();
  for (const [model, ms] of sample.wantedServiceMs)
    wanted[model] = [...(sample.wantedBefore[model] ?? []), ms].slice(-calmTurns);
  return { actedAtUs: sample.atUs, wanted, changes };
}

/** Of two remedies the cheaper is taken by the declared costs; what takes away comes before all that adds. */
function costOf({ lever, from, to }: PoolChange, declaration: Declaration): number {
  if (to < from) return lever === 'batch' ? -2 : -1;
  const { cost = 1, steps = [] } = leverOf(declaration, lever) ?? {};
  const taken = steps.filter((step) => typeof step === 'number' && step > from && step <= to).length;
  return cost * taken;
}

function batchChange(
  model: string,
  pool: ComputeCapacity,
  declaration: Declaration,
  sample: ServiceSample,
): PoolChange | undefined {
  const steps = numericSteps(leverOf(declaration, 'batch'));
  if (!steps || pool.serviceMs === null) return undefined;
  const { batch, serviceMs, maxBatch = Infinity } = pool;
  const needed = (sample.wantedServiceMs.get(model) ?? 0) / (pool.workers * 1000);
  const larger = steps.find((step) => step > batch && step <= maxBatch);
  const smaller = steps.findLast((step) => step <= Math.max(1, batch / 2));
  if (
    sample.isLate &&
    serviceMs > batchShare * sample.objectiveMs &&
    smaller !== undefined &&
    smaller < batch
  )
    return batchTo(
      model,
      batch,
      smaller,
      `a batch takes ${Math.round(serviceMs)} ms, too long for the objective`,
    );
  if (larger === undefined || needed < busyShare) return undefined;
  if ((serviceMs * larger) / batch > batchShare * sample.objectiveMs) return undefined;
  return batchTo(
    model,
    batch,
    larger,
    `its workers are asked for ${Math.round(needed * 100)} % of their time`,
  );
}

function workersChange(
  model: string,
  pool: ComputeCapacity,
  declaration: Declaration,
  sample: ServiceSample,
): PoolChange | undefined {
  const steps = numericSteps(leverOf(declaration, 'inference-workers'));
  if (!steps || pool.instances === 0) return undefined;
  const workers = Math.round(pool.workers / pool.instances);
  const workersFor = (serviceMs: number): number => serviceMs / (1000 * pool.instances);
  const wanted = workersFor(sample.wantedServiceMs.get(model) ?? 0);
  const more = steps.find((step) => step * fullLoad >= wanted) ?? steps.at(-1) ?? workers;
  const before = sample.wantedBefore[model] ?? [];
  const most = Math.max(wanted, ...before.map(workersFor));
  const fewer =
    before.length < calmTurns ? workers : (steps.find((step) => step * lowLoad >= most) ?? workers);
  const to = more > workers ? more : Math.min(workers, fewer);
  if (to === workers) return undefined;
  const busy = to > workers ? wanted : most;
  const text = `the best settings would keep ${busy.toFixed(1)} workers busy`;
  return {
    model,
    lever: 'inference-workers',
    from: workers,
    to,
    text,
    action: { kind: 'set-workers', model, workers: to },
  };
}

function batchTo(model: string, from: number, to: number, text: string): PoolChange {
  return { model, lever: 'batch', from, to, text, action: { kind: 'set-batch', model, batch: to } };
}
