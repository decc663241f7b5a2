import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LoadCounts } from '@framegate/load-generator';
import type { BenchBus } from '../bench-bus.ts';
import { openBenchBus } from '../bench-bus.ts';
import { showProgress } from '../show-progress.ts';
import type { LoadOptions } from './load-options.ts';
import type { PartResult } from './run-part.ts';
import { partResultSchema, runPart } from './run-part.ts';

/** Runs the load, in as many processes as are wanted. */
export async function runLoad(options: LoadOptions): Promise<readonly PartResult[]> {
  if (options.as === 'delay') return [await runPart(options, { index: 0, of: 1 }, undefined, createView())];
  const buses = await openBenchBus(options.bus);
  try {
    if (options.processes > 1) return await runProcesses(options, buses);
    const bus = buses.connect('load');
    const result = await runPart(options, { index: 0, of: 1 }, bus, createView());
    await bus.close();
    return [result];
  } finally {
    await buses.stop();
    showProgress('');
  }
}

async function runProcesses(options: LoadOptions, { brokers }: BenchBus): Promise<PartResult[]> {
  const of = options.processes;
  showProgress(`${options.cameras} cameras in ${of} processes …`);
  return Promise.all(
    Array.from({ length: of }, async (_, index) => {
      const child = fork(join(import.meta.dirname, 'load-process.ts'), { serialization: 'advanced' });
      child.send({ options, part: { index, of }, brokers });
      const ended = once(child, 'exit').then(() => {
        throw new Error(`process ${index + 1} of ${of} ended without a result`);
      });
      const [result] = await Promise.race([once(child, 'message'), ended]);
      ended.catch(() => {});
      return partResultSchema.parse(result);
    }),
  );
}

const viewEveryMs = 500;

function createView(): (counts: LoadCounts) => void {
  let shownMs = 0;
  return ({ sent, completed, failed, latencyUs }) => {
    if (performance.now() - shownMs < viewEveryMs) return;
    shownMs = performance.now();
    const p95 = (latencyUs.quantile(0.95) / 1000).toFixed(1);
    showProgress(`sent ${sent}, through ${completed}, failed ${failed}, p95 ${p95} ms`);
  };
}
