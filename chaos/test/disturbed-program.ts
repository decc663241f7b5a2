/** Tells, for each line that it gets, how its clock, its disk and its name resolution are, and how often it had to collect. */
import { lookup } from 'node:dns';
import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const folder = process.argv[2] ?? '';
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

async function write(): Promise<string> {
  const file = await open(join(folder, 'a'), 'w');
  try {
    await file.writev([Buffer.from('a')], 0);
    writeFileSync(join(folder, 'b'), 'b');
    return 'written';
  } catch (error) {
    return codeOf(error);
  } finally {
    await file.close();
  }
}

let collections = 0;
const thoroughSchema = z.object({
  detail: z.object({ flags: z.literal(constants.NODE_PERFORMANCE_GC_FLAGS_ALL_AVAILABLE_GARBAGE) }),
});
new PerformanceObserver((list) => {
  collections += list.getEntries().filter((entry) => thoroughSchema.safeParse(entry).success).length;
}).observe({ entryTypes: ['gc'] });

const monotonicAtStart = performance.now();
const startedMs = Date.now();
createInterface(process.stdin).on('line', () => void tell());

async function tell(): Promise<void> {
  const startedAt = performance.now();
  const disk = await write();
  const tookMs = performance.now() - startedAt;
  const name = await new Promise((resolve) =>
    lookup('kafka', (error, address) => resolve(error ? codeOf(error) : address)),
  );
  const aheadMs = Date.now() - startedMs - (performance.now() - monotonicAtStart);
  const newAheadMs = new Date().getTime() - Date.now();
  process.stdout.write(`${JSON.stringify({ disk, tookMs, name, aheadMs, newAheadMs, collections })}\n`);
}
