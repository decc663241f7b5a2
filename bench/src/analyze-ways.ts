import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { analyseRecordings } from '@framegate/analysis';
import type { ResolvedModel } from '@framegate/object-detector';
import { createDetector } from '@framegate/object-detector';
import { z } from 'zod';
import type { BareLoopTask } from './bare-loop-worker.ts';

export interface Work {
  /** One for each thread. */
  readonly files: readonly string[];
  readonly model: ResolvedModel;
}

/** Frames that went through the model, the time from nothing to the last of them, and the CPU time of all threads. */
export interface AnalyzeRun {
  readonly frames: number;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
}

/** `framegate analyze --every-frame`, without its command line. */
export async function byFramegate({ files, model }: Work): Promise<AnalyzeRun> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-analyze-'));
  try {
    return await measured(async () => {
      const detector = await createDetector({
        model,
        workers: files.length,
        threadsPerWorker: 1,
        maxBatch: 1,
      });
      const recordings = files.map((path) => ({ name: path, source: { kind: 'file', path } as const }));
      const analysed = await analyseRecordings(recordings, folder, {
        detector,
        threads: files.length,
        classes: undefined,
        minScore: 0.3,
        gated: false,
        signal: new AbortController().signal,
        onDecoded: () => {},
      });
      await detector.close();
      return analysed.reduce((sum, { cloud }) => sum + cloud.analysed, 0);
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A thread for each file that does nothing but decode, letterbox and `session.run`. */
export async function byBareLoops({ files, model }: Work): Promise<AnalyzeRun> {
  const { path: modelPath, head, classNames, input } = model;
  const session = { modelPath, head, classNames, input, provider: 'cpu', threads: 1, batch: 1 } as const;
  return measured(async () => {
    const frames = await Promise.all(
      files.map((path) => inThread({ path, session: { ...session, maxPixels: Infinity } })),
    );
    return frames.reduce((sum, each) => sum + each, 0);
  });
}

const pythonReport = z.object({ frames: z.number(), wallSeconds: z.number(), cpuSeconds: z.number() });

/** The same with OpenCV and onnxruntime; its imports don't count. */
export function byPython(python: string, { files, model }: Work, way: 'loop' | 'processes'): AnalyzeRun {
  const program = join(import.meta.dirname, '../reference/opencv_loop.py');
  const { width, height } = model.input;
  const sizes = [String(width), String(height)];
  const { stdout, stderr, status } = spawnSync(python, [program, way, model.path, ...sizes, ...files], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`opencv_loop.py failed: ${stderr}`);
  return pythonReport.parse(JSON.parse(stdout));
}

async function inThread(task: BareLoopTask): Promise<number> {
  const worker = new Worker(new URL('bare-loop-worker.ts', import.meta.url), { workerData: task });
  const exited = once(worker, 'exit');
  const [frames] = await once(worker, 'message');
  await exited;
  return Number(frames);
}

async function measured(work: () => Promise<number>): Promise<AnalyzeRun> {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  const frames = await work();
  const { user, system } = process.cpuUsage(before);
  return { frames, wallSeconds: (performance.now() - startedMs) / 1000, cpuSeconds: (user + system) / 1e6 };
}
