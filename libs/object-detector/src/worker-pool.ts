import { DetectError } from './detect-error.ts';
import type { StartedWorker } from './started-worker.ts';

/** Workers that are lent for one request at a time, oldest request first, and replaced when they end. */
export interface WorkerPool {
  /**
   * Lends a free worker, or the next one that becomes free. Work that fails because its worker ended fails when
   * that is replaced: who looks for free workers then, finds it.
   * @throws DetectError WORKER_CRASHED or CLOSED
   */
  use<Result>(work: (worker: StartedWorker) => Promise<Result>): Promise<Result>;
  readonly free: number;
  /** How many may work at once. */
  readonly limit: number;
  /**
   * Fewer: those that work finish, and the ones too many rest, with their model, as making and releasing sessions
   * leaks (microsoft/onnxruntime#25325). More: resting ones come back, the others are started.
   * @throws what `start` throws; as many as could be started work then
   */
  setLimit(limit: number): Promise<void>;
  /** Refuses requests that wait, lets those that run finish, and ends the threads. */
  close(): Promise<void>;
}

/** @throws what `start` throws when one of the first workers doesn't start */
export async function createWorkerPool(
  size: number,
  start: () => Promise<StartedWorker>,
): Promise<WorkerPool> {
  const alive = new Set<StartedWorker>();
  const idle = new Set<StartedWorker>();
  const waiting: PromiseWithResolvers<StartedWorker>[] = [];
  const running = new Set<Promise<unknown>>();
  const replacements = new WeakMap<StartedWorker, Promise<void>>();
  const starting = new Set<Promise<void>>();
  let limit = size;
  /** As many as `limit` is to be once they have started. */
  let target = size;
  let growing: Promise<void> | undefined;
  /** Lent now. */
  let busy = 0;
  /** Why no request is taken any more. */
  let refusal: DetectError | undefined;

  const refuse = (reason: DetectError): void => {
    refusal ??= reason;
    for (const request of waiting.splice(0)) request.reject(refusal);
  };
  const lend = (): void => {
    for (const worker of idle) {
      if (busy >= limit) return;
      const request = waiting.shift();
      if (request === undefined) return;
      idle.delete(worker);
      busy += 1;
      request.resolve(worker);
    }
  };
  const offer = (worker: StartedWorker): void => {
    if (alive.has(worker)) idle.add(worker);
    lend();
  };
  const add = (): Promise<void> => {
    const added: Promise<void> = track(
      start().then((worker) => {
        alive.add(worker);
        void worker.ended.then(() => replacements.set(worker, replace(worker)));
        offer(worker);
      }),
    ).finally(() => starting.delete(added));
    starting.add(added);
    return added;
  };
  const replace = async (worker: StartedWorker): Promise<void> => {
    alive.delete(worker);
    idle.delete(worker);
    if (refusal !== undefined) return;
    await add().catch((error: unknown) => {
      if (alive.size === 0) refuse(noneLeft(error));
    });
  };
  const borrow = async (): Promise<StartedWorker> => {
    if (refusal !== undefined) throw refusal;
    const request = Promise.withResolvers<StartedWorker>();
    waiting.push(request);
    lend();
    return request.promise;
  };
  /** `close` waits for it. */
  const track = <Result>(promise: Promise<Result>): Promise<Result> => {
    running.add(promise);
    return promise.finally(() => running.delete(promise));
  };
  const reach = (): void => {
    limit = Math.min(target, alive.size);
    lend();
  };
  /** A start takes seconds on a busy machine: who asks meanwhile waits for the same one, and none is started twice. */
  const grow = async (): Promise<void> => {
    while (alive.size < target && refusal === undefined) {
      const [underWay = add()] = starting;
      await underWay;
      reach();
    }
  };
  const close = async (): Promise<void> => {
    refuse(new DetectError('CLOSED', 'the detector is closed'));
    await Promise.allSettled(running);
    await Promise.all([...alive].map((worker) => worker.close()));
  };

  const started = await Promise.allSettled(Array.from({ length: size }, add));
  const failure = started.find(({ status }) => status === 'rejected');
  if (failure?.status === 'rejected') {
    await close();
    throw failure.reason;
  }
  return {
    use: async (work) => {
      const worker = await borrow();
      try {
        return await track(work(worker));
      } finally {
        busy -= 1;
        offer(worker);
        await replacements.get(worker);
      }
    },
    get free() {
      return Math.max(0, Math.min(idle.size, limit - busy));
    },
    get limit() {
      return limit;
    },
    async setLimit(wanted) {
      target = wanted;
      reach();
      await (growing ??= grow().finally(() => (growing = undefined)));
    },
    close,
  };
}

function noneLeft(error: unknown): DetectError {
  const reason = error instanceof Error ? error.message : String(error);
  return new DetectError('WORKER_CRASHED', `the detector has no thread left: ${reason}`, { cause: error });
}
