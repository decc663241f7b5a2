import { Worker } from 'node:worker_threads';
import type { RunResult } from '@framegate/simulation';
import type { SimulateJob } from './simulate-worker.ts';

export interface JobOptions {
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly onDone: (done: number) => void;
}

/** Runs all jobs, each in one of a few threads; results in the order of the jobs. The first failure ends all. */
export async function runJobs(jobs: readonly SimulateJob[], options: JobOptions): Promise<RunResult[]> {
  const results = new Map<number, RunResult>();
  const queue = jobs.entries();
  const count = Math.max(1, Math.min(options.threads, jobs.length));
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL('./simulate-worker.ts', import.meta.url)),
  );
  const work = async (worker: Worker): Promise<void> => {
    for (const [index, job] of queue) {
      results.set(index, await ask(worker, job, options.signal));
      options.onDone(results.size);
    }
  };
  try {
    await Promise.all(workers.map(work));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return jobs.flatMap((_, index) => results.get(index) ?? []);
}

function ask(worker: Worker, job: SimulateJob, signal: AbortSignal): Promise<RunResult> {
  const { promise, resolve, reject } = Promise.withResolvers<RunResult>();
  const onAbort = (): void => reject(signal.reason);
  const onError = (error: unknown): void =>
    reject(
      new Error(`${job.scenario} with ${job.policy}, seed ${job.seed}: ${String(error)}`, { cause: error }),
    );
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  worker.once('message', resolve).once('error', onError);
  worker.postMessage(job);
  return promise.finally(() => {
    signal.removeEventListener('abort', onAbort);
    worker.off('message', resolve).off('error', onError);
  });
}
