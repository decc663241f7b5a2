import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { Target } from './target.ts';

export interface Crash {
  readonly index: number;
  readonly error: string;
}

export interface TargetResult {
  readonly name: string;
  readonly inputs: number;
  readonly taken: number;
  readonly refused: number;
  readonly crashes: readonly Crash[];
  readonly seconds: number;
}

const heapMib = 512;
const lookEveryMs = 100;
const mostHangs = 5;

const crashSchema = z.object({ index: z.number(), error: z.string() });

/** Puts inputs into a target, in a thread that is ended when one hangs. The same seed gives the same inputs. */
export async function runTarget(target: Target, seed: number, inputs: number): Promise<TargetResult> {
  const startedMs = performance.now();
  const crashes: Crash[] = [];
  const counts = { taken: 0, refused: 0 };
  let hangs = 0;
  for (let from = 0; from < inputs && hangs < mostHangs;) {
    const piece = await runPiece(target, { seed, from, to: inputs });
    crashes.push(...piece.crashes);
    counts.taken += piece.taken;
    counts.refused += piece.refused;
    if (piece.hungAt === undefined) break;
    // A machine that is busy with something else can hold up any input; one that hangs, hangs again.
    const again = await runPiece(target, { seed, from: piece.hungAt, to: piece.hungAt + 1 });
    counts.taken += again.taken;
    counts.refused += again.refused;
    crashes.push(...again.crashes);
    if (again.hungAt !== undefined) {
      hangs += 1;
      crashes.push({ index: again.hungAt, error: `took longer than ${target.boundMs} ms` });
    }
    from = piece.hungAt + 1;
  }
  const seconds = (performance.now() - startedMs) / 1000;
  return { name: target.name, inputs, ...counts, crashes, seconds };
}

interface Piece {
  readonly crashes: Crash[];
  taken: number;
  refused: number;
  hungAt: number | undefined;
}

async function runPiece(
  target: Target,
  range: { readonly seed: number; readonly from: number; readonly to: number },
): Promise<Piece> {
  const progress = new SharedArrayBuffer(16);
  const marks = new Int32Array(progress);
  marks[0] = -1;
  const worker = new Worker(new URL('./fuzz-worker.ts', import.meta.url), {
    workerData: { target: target.name, ...range, progress },
    resourceLimits: { maxOldGenerationSizeMb: heapMib },
  });
  const piece: Piece = { crashes: [], taken: 0, refused: 0, hungAt: undefined };
  worker.on('message', (message: unknown) => {
    piece.crashes.push(crashSchema.parse(message));
  });
  const timer = setInterval(() => {
    const index = Atomics.load(marks, 0);
    const beganMs = Atomics.load(marks, 1);
    if (index < 0 || (Date.now() & 0x7fffffff) - beganMs < target.boundMs) return;
    clearInterval(timer);
    piece.hungAt = index;
    void worker.terminate();
  }, lookEveryMs);
  await new Promise<void>((resolve) => {
    worker.on('error', (error) =>
      piece.crashes.push({ index: Atomics.load(marks, 0), error: String(error) }),
    );
    worker.on('exit', () => resolve());
  });
  clearInterval(timer);
  piece.taken = Atomics.load(marks, 2);
  piece.refused = Atomics.load(marks, 3);
  return piece;
}
