import { availableParallelism, cpus, totalmem } from 'node:os';
import type { ReportEnvironment } from '@framegate/run-observer';

/** The machine that a report was made on. */
export function runEnvironment(): ReportEnvironment {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryMiB: Math.round(totalmem() / 2 ** 20),
    platform: `${process.platform}-${process.arch}`,
    node: process.version,
  };
}
