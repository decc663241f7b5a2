import type { InferenceObservation } from '../observation/observation.ts';
import { emptyRecord } from '../record.ts';

/** What the workers of one model can do. */
export interface ComputeCapacity {
  readonly workers: number;
  /** Absent: shared with the other models. */
  readonly ownWorkers?: boolean;
  readonly batch: number;
  /** The most that the model takes in one run in every instance; absent: any. */
  readonly maxBatch?: number;
  /** Of one frame on one worker as the batches come, ms; null until measured. */
  readonly frameMs: number | null;
  /** Of one batch, ms. */
  readonly serviceMs: number | null;
  readonly busyShare: number;
  readonly analysed: number;
  readonly instances: number;
}

/** Instances that were silent for longer count as gone. */
const silentMs = 3000;
/** The new second's share in the estimate of a frame's time. */
const smoothing = 0.5;

/** Adds up the instances of each model; a model whose instances are all silent is absent. */
export function observeCompute(
  before: Readonly<Record<string, ComputeCapacity>>,
  inference: readonly InferenceObservation[],
): Record<string, ComputeCapacity> {
  const heard = inference.filter(({ telemetryAgeMs }) => !(telemetryAgeMs > silentMs));
  const pools = emptyRecord<ComputeCapacity>();
  for (const [model, instances] of Map.groupBy(heard, ({ model: name }) => name))
    pools[model] = poolOf(before[model], instances);
  return pools;
}

function poolOf(
  before: ComputeCapacity | undefined,
  instances: readonly InferenceObservation[],
): ComputeCapacity {
  const workers = sumOf(instances, (one) => one.workers);
  const busyWorkers = sumOf(instances, (one) => one.workers * one.busyShare);
  const analysed = sumOf(instances, (one) => one.analysed);
  const batch = Math.max(1, ...instances.map((one) => one.batch));
  // Idle workers tell the time of a frame of long ago.
  const served = instances
    .filter(({ serviceMs, busyShare }) => serviceMs > 0 && !(busyShare === 0))
    .map(({ serviceMs }) => serviceMs);
  const serviceMs =
    served.length > 0 ? sumOf(served, (ms) => ms) / served.length : (before?.serviceMs ?? null);
  return {
    workers,
    ownWorkers: instances.every(({ ownWorkers }) => ownWorkers === true),
    batch,
    ...maxBatchOf(instances),
    frameMs: smooth(before?.frameMs ?? null, frameMsOf(busyWorkers, analysed, serviceMs, batch)),
    serviceMs,
    busyShare: workers > 0 ? busyWorkers / workers : 0,
    analysed,
    instances: instances.length,
  };
}

function maxBatchOf(instances: readonly InferenceObservation[]): Pick<ComputeCapacity, 'maxBatch'> {
  const most = Math.min(...instances.map(({ maxBatch = Infinity }) => maxBatch));
  return most >= 1 && most < Infinity ? { maxBatch: most } : {};
}

/** A batch of one says it itself; otherwise the utilisation law: busy time over frames done. */
function frameMsOf(
  busyWorkers: number,
  analysed: number,
  serviceMs: number | null,
  batch: number,
): number | null {
  if (batch === 1 && serviceMs !== null) return serviceMs;
  if (analysed > 0 && busyWorkers > 0) return (busyWorkers * 1000) / analysed;
  return serviceMs === null ? null : serviceMs / batch;
}

/** Slower counts at once, faster by halves. */
function smooth(before: number | null, frameMs: number | null): number | null {
  if (frameMs === null) return before;
  if (before === null || frameMs > before) return frameMs;
  return before + smoothing * (frameMs - before);
}

/**
 * Milliseconds of workers that may be spent each second: the longer a batch takes against the objective, the less,
 * because a frame that just missed a batch waits for all of the next; with short ones the mailbox makes the best of a
 * load around one. Workers that models share count once, a model's own count beside them.
 * Infinite while nothing was measured.
 */
export function usableServiceMs(pools: readonly ComputeCapacity[], objectiveMs: number): number {
  const measured = pools.filter(({ frameMs }) => frameMs !== null);
  if (measured.length === 0) return Infinity;
  const slowest = Math.max(...measured.map(({ serviceMs }) => serviceMs ?? 0));
  const usable = Math.min(1, Math.max(0.5, 1.15 - slowest / objectiveMs));
  const own = sumOf(measured, ({ ownWorkers, workers }) => (ownWorkers ? workers : 0));
  const shared = Math.max(0, ...measured.map(({ ownWorkers, workers }) => (ownWorkers ? 0 : workers)));
  return usable * (own + shared) * 1000;
}

function sumOf<T>(items: readonly T[], of: (item: T) => number): number {
  let sum = 0;
  for (const item of items) {
    const value = of(item);
    if (Number.isFinite(value)) sum += value;
  }
  return sum;
}
