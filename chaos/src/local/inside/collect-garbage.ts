import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { threadId } from 'node:worker_threads';
import { z } from 'zod';

const heapSchema = z.object({ collection: z.int(), totalBytes: z.number(), usedBytes: z.number() });

/**
 * Collects the garbage of this thread (`node --expose-gc`), and notes beside the file of the faults what its heap is
 * then.
 */
export function collectGarbage(faultsFile: string, collection: number): void {
  globalThis.gc?.();
  const { total_heap_size: totalBytes, used_heap_size: usedBytes } = getHeapStatistics();
  writeFileSync(`${faultsFile}.heap-${threadId}`, JSON.stringify({ collection, totalBytes, usedBytes }));
}

/**
 * Bytes that V8 keeps free in the heaps of a process, all threads together, after a collection. How many depends on
 * what was done lately, and says nothing of what is remembered.
 *
 * @returns undefined where no thread has collected yet
 */
export function freeHeapBytes(faultsFile: string, collection: number): number | undefined {
  const prefix = `${basename(faultsFile)}.heap-`;
  const heaps = readdirSync(dirname(faultsFile))
    .filter((name) => name.startsWith(prefix))
    .flatMap((name) => heapSchema.safeParse(parsed(join(dirname(faultsFile), name))).data ?? [])
    .filter((heap) => heap.collection === collection);
  if (heaps.length === 0) return undefined;
  return heaps.reduce((sum, { totalBytes, usedBytes }) => sum + totalBytes - usedBytes, 0);
}

/** Undefined for what is only half written. */
function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
