import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ResolvedModel } from '@framegate/object-detector';
import { createDetector } from '@framegate/object-detector';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { matmulModel } from './matmul-model.ts';
import type { LoopTask } from './loop-worker.ts';

/** Frames of one way, with the time that each took and the CPU time of all threads. */
export interface LoopRun {
  readonly frames: number;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** Of a batch, from asked to answered. */
  readonly latenciesMs: readonly number[];
}

export interface Setting {
  readonly model: ResolvedModel;
  readonly workers: number;
  readonly threads: number;
  readonly batch: number;
}

/** Our detector, as the inference service calls it: JPEGs in, boxes out, as many batches under way as workers. */
export async function byDetector(
  { model, workers, threads, batch }: Setting,
  jpegs: readonly Uint8Array[],
  frames: number,
): Promise<LoopRun> {
  const detector = await createDetector({ model, workers, threadsPerWorker: threads, maxBatch: batch });
  const latenciesMs: number[] = [];
  let next = 0;
  const ask = async (): Promise<void> => {
    while (next < frames) {
      const images = Array.from({ length: batch }, (_, index) => imageAt(jpegs, next + index));
      next += batch;
      const startedMs = performance.now();
      await detector.detectBatch(images);
      latenciesMs.push(performance.now() - startedMs);
    }
  };
  try {
    await detector.detectBatch([imageAt(jpegs, 0)]);
    const run = await measured(() => Promise.all(Array.from({ length: workers }, ask)));
    return { ...run, frames: next, latenciesMs };
  } finally {
    await detector.close();
  }
}

/** One thread that does nothing else: with `jpegs` decoding, letterbox and `session.run`, else `session.run` alone. */
export async function byLoop(
  { model, threads, batch }: Setting,
  jpegs: readonly Uint8Array[],
  frames: number,
): Promise<LoopRun> {
  const { path: modelPath, head, classNames, input } = model;
  const session = { modelPath, head, classNames, input, provider: 'cpu', threads, batch } as const;
  const task: LoopTask = { session: { ...session, maxPixels: Infinity }, jpegs, frames };
  const worker = new Worker(new URL('loop-worker.ts', import.meta.url), { workerData: task });
  const exited = once(worker, 'exit');
  await once(worker, 'message');
  const run = await measured(async () => {
    worker.postMessage('go');
    const [latenciesMs]: number[][] = await once(worker, 'message');
    return latenciesMs ?? [];
  });
  await exited;
  return { ...run, frames, latenciesMs: run.result };
}

/** Floating-point operations a second of a matrix product with so many threads: the best of several runs. */
export async function matmulFlops(threads: number, n = 1024): Promise<number> {
  const session = await InferenceSession.create(matmulModel(n), { intraOpNumThreads: threads });
  const matrix = new Tensor('float32', new Float32Array(n * n).fill(0.5), [n, n]);
  let leastMs = Infinity;
  for (let run = 0; run < 12; run++) {
    const startedMs = performance.now();
    await session.run({ a: matrix, b: matrix });
    leastMs = Math.min(leastMs, performance.now() - startedMs);
  }
  await session.release();
  return (2 * n ** 3) / (leastMs / 1000);
}

function imageAt(jpegs: readonly Uint8Array[], index: number) {
  return { kind: 'jpeg' as const, bytes: jpegs[index % jpegs.length] ?? new Uint8Array() };
}

async function measured<Result>(work: () => Promise<Result>) {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return {
    result,
    wallSeconds: (performance.now() - startedMs) / 1000,
    cpuSeconds: (user + system) / 1e6,
  };
}
