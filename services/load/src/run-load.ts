import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { RunBus } from './open-bus.ts';
import { openBus } from './open-bus.ts';
import type { Part } from './arrivals-for.ts';
import type { LoadOptions } from './load-options.ts';
import { partMessageSchema } from './part-message.ts';
import type { PartContext, PartProgress, PartResult } from './run-part.ts';
import { runPart } from './run-part.ts';

export interface LoadView {
  /** How far each part is, now and then. */
  onProgress(parts: readonly PartProgress[]): void;
  tell(text: string): void;
}

/** Runs the load, in as many processes as are wanted. @throws Error as `openTarget` does */
export async function runLoad(options: LoadOptions, view: LoadView): Promise<readonly PartResult[]> {
  const progress = new Map<number, PartProgress>();
  const contextOf = (part: Part): Omit<PartContext, 'bus'> => ({
    part,
    onProgress: (own) => view.onProgress([...progress.set(part.index, own).values()]),
    tell: view.tell,
  });
  if (options.as !== 'edge') return runParts(options, [], contextOf);
  const buses = await openBus(options.bus);
  try {
    if (options.processes > 1) return await runParts(options, buses.brokers, contextOf);
    return [await runWithBus(options, buses, contextOf({ index: 0, of: 1 }))];
  } finally {
    await buses.stop();
  }
}

async function runWithBus(
  options: LoadOptions,
  buses: RunBus,
  context: Omit<PartContext, 'bus'>,
): Promise<PartResult> {
  const bus = buses.connect('load');
  try {
    return await runPart(options, { ...context, bus });
  } finally {
    await bus.close();
  }
}

async function runParts(
  options: LoadOptions,
  brokers: readonly string[],
  contextOf: (part: Part) => Omit<PartContext, 'bus'>,
): Promise<PartResult[]> {
  const of = options.processes;
  if (of === 1) return [await runPart(options, { ...contextOf({ index: 0, of }), bus: undefined })];
  return Promise.all(
    Array.from({ length: of }, (_, index) => runProcess(options, brokers, contextOf({ index, of }))),
  );
}

function runProcess(
  options: LoadOptions,
  brokers: readonly string[],
  { part, onProgress, tell }: Omit<PartContext, 'bus'>,
): Promise<PartResult> {
  const child = fork(join(import.meta.dirname, 'load-process.ts'), { serialization: 'advanced' });
  const ended = Promise.withResolvers<PartResult>();
  child.on('message', (message) => {
    const told = partMessageSchema.parse(message);
    if ('progress' in told) onProgress(told.progress);
    else if ('text' in told) tell(told.text);
    else if ('error' in told) ended.reject(new Error(told.error));
    else ended.resolve(told.result);
  });
  child.once('exit', () =>
    ended.reject(new Error(`process ${part.index + 1} of ${part.of} ended without a result`)),
  );
  child.send({ options, part, brokers });
  return ended.promise;
}
