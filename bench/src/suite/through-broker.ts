import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startTestBroker } from '@framegate/kafka-local';
import { showProgress } from '@framegate/service-load/show-progress';
import type { z } from 'zod';
import { interleave } from './interleave.ts';

const run = promisify(execFile);

export interface Load {
  readonly bytes: number;
  readonly perSecond: number;
}

export interface MeasuredLoad<Run> {
  readonly load: Load;
  /** Of each way. */
  readonly rounds: Map<string, Run[]>;
}

export interface Comparison<Way extends string, Task extends object, Run> {
  readonly ways: readonly Way[];
  readonly rounds: number;
  /** Of the brokers that are given; undefined: one is started, and stopped at the end. */
  readonly given: readonly string[] | undefined;
  /** Prints what a task came to as JSON. */
  readonly program: string;
  /** @param run of this bench, so that each has topics of its own */
  readonly task: (way: Way, load: Load, brokers: string[], run: number) => Task;
  readonly result: z.ZodType<Run>;
}

/** Each size at each rate. */
export function loadsOf(sizes: readonly number[], rates: readonly number[]): Load[] {
  return sizes.flatMap((bytes) => rates.map((perSecond) => ({ bytes, perSecond })));
}

export function loadText({ bytes, perSecond }: Load): string {
  return `${bytes / 1000} kB at ${perSecond}/s`;
}

/** Ways to send through the same broker, in turn, each run in a process of its own. */
export async function compareThroughBroker<Way extends string, Task extends object, Run>(
  loads: readonly Load[],
  { ways, rounds, given, program, task, result }: Comparison<Way, Task, Run>,
): Promise<MeasuredLoad<Run>[]> {
  const broker = given ? undefined : await startTestBroker();
  const brokers = [...(given ?? broker?.brokers ?? [])];
  const measured: MeasuredLoad<Run>[] = [];
  let runs = 0;
  const measure = async (way: Way, load: Load): Promise<Run> => {
    const { stdout } = await run(process.execPath, [
      program,
      JSON.stringify(task(way, load, brokers, runs++)),
    ]);
    return result.parse(JSON.parse(stdout));
  };
  try {
    for (const load of loads) {
      const each = ways.map((name) => ({ name, run: () => measure(name, load) }));
      const onRun = (done: number, inAll: number, name: string): void =>
        showProgress(`${loadText(load)}: ${name}, run ${done + 1} of ${inAll}`);
      measured.push({ load, rounds: await interleave(each, { rounds, warmUps: 0, onRun }) });
    }
  } finally {
    await broker?.stop();
  }
  return measured;
}
