import { enableCompileCache } from 'node:module';
import type { WorkerOptions } from 'node:worker_threads';

/**
 * Options of a thread that fifty cameras start fifty times.
 *
 * With Node's compile cache a thread reads compiled code; without, each loads a TypeScript compiler of 11 MB. And
 * V8 may take up to 48 MB for what is garbage a moment later; a camera makes little of it. What lives longer is
 * 10 MB, but V8 would let 512 MB of garbage lie beside it before it looks for the first time; now half of this limit.
 */
export function smallThread(): WorkerOptions {
  const { directory } = enableCompileCache();
  const env = directory === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: directory };
  return { env, resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 64 } };
}
