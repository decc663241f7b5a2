import type { LoadCounts } from '@framegate/load-generator';
import { runOpenLoop, waitUntilUs } from '@framegate/load-generator';
import type { MessageBus } from '@framegate/message-bus';
import { createClock } from '@framegate/service-kit';
import { z } from 'zod';
import type { Part } from './arrivals-for.ts';
import { arrivalsFor } from './arrivals-for.ts';
import type { LoadOptions } from './load-options.ts';
import { openTarget } from './load-target.ts';

const histogramSchema = z.object({
  buckets: z.array(z.tuple([z.number(), z.number()])),
  sum: z.number(),
  max: z.number(),
});

export const progressSchema = z.object({
  sent: z.number(),
  completed: z.number(),
  failed: z.number(),
  latencyUs: histogramSchema,
  scheduleErrorUs: histogramSchema,
});
/** How far a part is. */
export type PartProgress = z.output<typeof progressSchema>;

export const partResultSchema = progressSchema.extend({
  failures: z.array(z.tuple([z.string(), z.number()])),
  bytes: z.number(),
  cpuMs: z.number(),
  /** From the first frame until the last had come through. */
  seconds: z.number(),
});
/** What one process did: plain data. */
export type PartResult = z.output<typeof partResultSchema>;

export interface PartContext {
  readonly part: Part;
  /** For the role that sends into one. */
  readonly bus: MessageBus | undefined;
  readonly onProgress: (progress: PartProgress) => void;
  readonly tell: (text: string) => void;
  /** Frames to send in place of those that the options ask for. */
  readonly pool?: readonly Uint8Array[];
}

const progressEveryMs = 500;

/** One process's part of the load. @throws Error as `openTarget` does */
export async function runPart(
  options: LoadOptions,
  { part, bus, onProgress, tell, pool }: PartContext,
): Promise<PartResult> {
  const { nowUs } = createClock();
  const arrivals = arrivalsFor(options, part);
  const { send, bytes, close } = await openTarget(options, { part, bus, nowUs, tell, pool });
  const cpuBefore = process.cpuUsage();
  const startedUs = nowUs();
  let toldMs = performance.now();
  const counts = await runOpenLoop({
    arrivals,
    nowUs,
    waitUntilUs: (atUs) => waitUntilUs(atUs, nowUs),
    send,
    onTurn: (soFar) => {
      if (performance.now() - toldMs < progressEveryMs) return;
      toldMs = performance.now();
      onProgress(plain(soFar));
    },
  });
  const seconds = (nowUs() - startedUs) / 1e6;
  const { user, system } = process.cpuUsage(cpuBefore);
  onProgress(plain(counts));
  await close();
  return {
    ...plain(counts),
    failures: [...counts.failures],
    bytes: bytes(),
    cpuMs: (user + system) / 1000,
    seconds,
  };
}

function plain({ sent, completed, failed, latencyUs, scheduleErrorUs }: LoadCounts): PartProgress {
  return {
    sent,
    completed,
    failed,
    latencyUs: latencyUs.counts(),
    scheduleErrorUs: scheduleErrorUs.counts(),
  };
}
