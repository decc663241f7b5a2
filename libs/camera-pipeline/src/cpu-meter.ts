import { cpus } from 'node:os';

/** Core time over which a share is taken, ms. */
const leastMs = 500;

/** Busy share of the machine's cores since the last call, 0..1; the last share when that was a moment ago. */
export function createCpuMeter(read = cpus): () => number {
  let before = total(read());
  let share = 0;
  return () => {
    const now = total(read());
    const elapsed = now.all - before.all;
    if (elapsed < leastMs) return share;
    share = Math.min(1, Math.max(0, (now.busy - before.busy) / elapsed));
    before = now;
    return share;
  };
}

function total(cores: ReturnType<typeof cpus>): { busy: number; all: number } {
  let [busy, all] = [0, 0];
  for (const { times } of cores) {
    const sum = times.user + times.nice + times.sys + times.irq + times.idle;
    all += sum;
    busy += sum - times.idle;
  }
  return { busy, all };
}
