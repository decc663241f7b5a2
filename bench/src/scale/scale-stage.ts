import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processCpuMs } from '../process-cpu.ts';
import type { Role, ScaleCommand, ScaleCount, ScaleLoad, ScaleTask } from './scale-task.ts';
import { roles, scaleCountSchema } from './scale-task.ts';

/** What a part did in a window. */
export interface PartSample {
  readonly cpuMsPerSecond: number;
  readonly framesPerSecond: number;
  readonly residentMiB: number;
}

/** The broker counts CPU alone; NaN where it isn't ours. */
export interface ScaleSample {
  readonly parts: Readonly<Record<Role, PartSample>>;
  readonly brokerCpuMsPerSecond: number;
}

/** After a change of load, before it counts. */
const settleMs = 1500;

/** The parts of the pipeline, each in a process, which go from load to load. */
export async function openStage(task: Omit<ScaleTask, 'role'>, brokerPid: number | undefined) {
  const children = new Map<Role, ChildProcess>();
  // What reads stands before what writes begins.
  for (const role of roles.toReversed()) children.set(role, await startProcess({ ...task, role }));

  const tell = (command: ScaleCommand): void => children.forEach((child) => child.send(command));
  const countAll = async () => {
    const counts = await Promise.all(
      [...children].map(async ([role, child]) => [role, await count(child)] as const),
    );
    return { counts: new Map(counts), brokerMs: processCpuMs(brokerPid), atMs: performance.now() };
  };
  return {
    async sample(load: ScaleLoad, seconds: number): Promise<ScaleSample> {
      tell({ do: 'load', load });
      await sleep(settleMs);
      const before = await countAll();
      await sleep(seconds * 1000);
      const after = await countAll();
      const part = (role: Role): PartSample => difference(before.counts.get(role), after.counts.get(role));
      return {
        parts: { edge: part('edge'), inference: part('inference'), observer: part('observer') },
        brokerCpuMsPerSecond: (1000 * (after.brokerMs - before.brokerMs)) / (after.atMs - before.atMs),
      };
    },
    async stop(): Promise<void> {
      for (const role of roles) {
        const child = children.get(role);
        if (!child) continue;
        const exited = once(child, 'exit');
        child.send({ do: 'stop' } satisfies ScaleCommand);
        await exited;
      }
    },
  };
}

async function startProcess(task: ScaleTask): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'scale-process.ts'), [JSON.stringify(task)]);
  await nextMessage(child, task.role);
  return child;
}

async function count(child: ChildProcess): Promise<ScaleCount> {
  const answer = nextMessage(child, 'a part');
  child.send({ do: 'count' } satisfies ScaleCommand);
  return scaleCountSchema.parse(await answer);
}

/** @throws Error when the process ends instead */
async function nextMessage(child: ChildProcess, name: string): Promise<unknown> {
  const waiting = new AbortController();
  const ended = once(child, 'exit', { signal: waiting.signal }).then(([code]) => {
    throw new Error(`the process of ${name} ended with exit code ${code}`);
  });
  ended.catch(() => {});
  const [message] = await Promise.race([once(child, 'message'), ended]);
  waiting.abort();
  return message;
}

function difference(before: ScaleCount | undefined, after: ScaleCount | undefined): PartSample {
  if (!before || !after) throw new Error('a part was not counted');
  const seconds = (after.atMs - before.atMs) / 1000;
  return {
    cpuMsPerSecond: (after.cpuMs - before.cpuMs) / seconds,
    framesPerSecond: (after.frames - before.frames) / seconds,
    residentMiB: after.residentMiB,
  };
}
