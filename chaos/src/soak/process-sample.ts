import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
}

const answerWithinMs = 1000;
const lineSchema = z.object({ url: z.string() });

/** Undefined when the process is gone. Linux only: it reads /proc. */
export async function sampleProcess(
  pod: Pick<Pod, 'name' | 'processId'>,
  logFolder: string,
  hours: number,
): Promise<ProcessSample | undefined> {
  const { processId } = pod;
  if (processId === undefined) return undefined;
  try {
    const status = readFileSync(`/proc/${processId}/status`, 'utf8');
    const residentMib = mebibytesOf(status, 'VmRSS');
    const anonymousMib = mebibytesOf(status, 'RssAnon');
    if (residentMib === undefined || anonymousMib === undefined) return undefined;
    const descriptors = readdirSync(`/proc/${processId}/fd`).length;
    const eventLoopDelayMs = await askDelayMs(join(logFolder, `${pod.name}.log`));
    return {
      hours,
      pod: pod.name,
      processId,
      residentMib,
      anonymousMib,
      descriptors,
      eventLoopDelayMs,
    };
  } catch {
    return undefined;
  }
}

function mebibytesOf(status: string, field: string): number | undefined {
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
}

/** The service takes a free port and tells it in its log; the last process of the pod is meant. */
async function askDelayMs(log: string): Promise<number | undefined> {
  const line = readFileSync(log, 'utf8')
    .split('\n')
    .findLast((each) => each.includes('health and metrics are served'));
  if (line === undefined) return undefined;
  const { url } = lineSchema.parse(JSON.parse(line));
  const answer = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(answerWithinMs) }).catch(
    () => undefined,
  );
  const seconds = /^\w*nodejs_eventloop_lag_p99_seconds(?:\{[^}]*\})? (\S+)$/m.exec(
    (await answer?.text()) ?? '',
  )?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
