import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Pod } from '../local/service-process.ts';

/** What the kernel and a process say of it. */
export interface ProcessSample {
  readonly hours: number;
  /** Name of its pod. */
  readonly pod: string;
  readonly processId: number;
  readonly residentMib: number;
  /** Of it what stands in no file: heaps, stacks, buffers. The rest is mostly code, which the kernel drops and reads again. */
  readonly anonymousMib: number;
  readonly descriptors: number;
  /** 99th percentile since the last time; undefined where it did not answer. */
  readonly eventLoopDelayMs: number | undefined;
  /** Whether it is the controller that leads; undefined where it did not answer, and of what knows no leader. */
  readonly leads: boolean | undefined;
}

const answerWithinMs = 1000;
const lookEveryMs = 25;
const lineSchema = z.object({ url: z.string() });

type Memory = Pick<ProcessSample, 'residentMib' | 'anonymousMib'>;

/**
 * The least memory of each process, by its id, during a time in which its threads collect their garbage: each at its own
 * moment, and new garbage comes at once. A process that is gone has none. Linux only: it reads /proc.
 */
export async function leastMemory(
  pods: readonly Pick<Pod, 'processId'>[],
  duringMs: number,
): Promise<ReadonlyMap<number, Memory>> {
  const processIds = pods.flatMap(({ processId }) => processId ?? []);
  const least = new Map<number, Memory>();
  for (const endMs = performance.now() + duringMs; performance.now() < endMs; await delay(lookEveryMs)) {
    for (const processId of processIds) {
      const now = memoryOf(processId);
      const before = least.get(processId) ?? now;
      if (now && before)
        least.set(processId, {
          residentMib: Math.min(before.residentMib, now.residentMib),
          anonymousMib: Math.min(before.anonymousMib, now.anonymousMib),
        });
    }
  }
  return least;
}

/** Undefined when the process is gone. */
export async function sampleProcess(
  { name, processId }: Pick<Pod, 'name' | 'processId'>,
  memories: ReadonlyMap<number, Memory>,
  logFolder: string,
  hours: number,
): Promise<ProcessSample | undefined> {
  if (processId === undefined) return undefined;
  const memory = memories.get(processId);
  if (memory === undefined) return undefined;
  try {
    const descriptors = readdirSync(`/proc/${processId}/fd`).length;
    const metrics = await askMetrics(join(logFolder, `${name}.log`));
    const delaySeconds = valueOf(metrics, 'nodejs_eventloop_lag_p99_seconds');
    const leading = valueOf(metrics, 'controller_leading');
    return {
      hours,
      pod: name,
      processId,
      ...memory,
      descriptors,
      eventLoopDelayMs: delaySeconds && delaySeconds * 1000,
      leads: leading === undefined ? undefined : leading === 1,
    };
  } catch {
    return undefined;
  }
}

function memoryOf(processId: number): Memory | undefined {
  try {
    const status = readFileSync(`/proc/${processId}/status`, 'utf8');
    const residentMib = mebibytesOf(status, 'VmRSS');
    const anonymousMib = mebibytesOf(status, 'RssAnon');
    return residentMib === undefined || anonymousMib === undefined
      ? undefined
      : { residentMib, anonymousMib };
  } catch {
    return undefined;
  }
}

function mebibytesOf(status: string, field: string): number | undefined {
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
}

/** The service takes a free port and tells it in its log; the last process of the pod is meant. */
async function askMetrics(log: string): Promise<string> {
  const line = readFileSync(log, 'utf8')
    .split('\n')
    .findLast((each) => each.includes('health and metrics are served'));
  if (line === undefined) return '';
  const { url } = lineSchema.parse(JSON.parse(line));
  const answer = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(answerWithinMs) }).catch(
    () => undefined,
  );
  return (await answer?.text()) ?? '';
}

function valueOf(metrics: string, name: string): number | undefined {
  const value = new RegExp(`^\\w*${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(metrics)?.[1];
  return value === undefined ? undefined : Number(value);
}
