/** Runs the inputs of one target in a thread of its own, and tells of each that broke it. */
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { randomOf } from './random.ts';
import { targets } from './targets/index.ts';
import { selfCheck } from './targets/self-check.ts';

export const taskSchema = z.object({
  target: z.string(),
  seed: z.number(),
  from: z.number(),
  to: z.number(),
  /** Index that is worked at, when it began (ms, 31 bits), and how many were taken and refused. */
  progress: z.instanceof(SharedArrayBuffer),
});

const maxBytes = 1024 ** 3;
const lookEvery = 2048;
const mostCrashes = 10;

const { target: name, seed, from, to, progress } = taskSchema.parse(workerData);
const marks = new Int32Array(progress);
const target = [...targets, selfCheck].find((each) => each.name === name);
if (!target) throw new Error(`there is no target ${name}`);
const { make, run, close } = await target.open();
let crashes = 0;

for (let index = from; index < to && crashes < mostCrashes; index++) {
  const parts = make(randomOf(seed, index));
  Atomics.store(marks, 1, Date.now() & 0x7fffffff);
  Atomics.store(marks, 0, index);
  try {
    Atomics.add(marks, (await run(parts)) === 'taken' ? 2 : 3, 1);
    if (index % lookEvery === 0) checkMemory();
  } catch (error) {
    crashes += 1;
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    parentPort?.postMessage({ index, error: told });
  }
  // What it takes to make the next input is not this one's.
  Atomics.store(marks, 0, -1);
}
await close();

function checkMemory(): void {
  const { external, heapUsed } = process.memoryUsage();
  if (external + heapUsed > maxBytes)
    throw new Error(`${external + heapUsed} bytes are in use, over the bound of ${maxBytes}`);
}
