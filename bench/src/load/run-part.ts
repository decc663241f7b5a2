import { siteTopics } from '@framegate/contracts';
import type { LoadCounts } from '@framegate/load-generator';
import { createEdgeSender, renderFramePool, runOpenLoop, waitUntilUs } from '@framegate/load-generator';
import type { MessageBus } from '@framegate/message-bus';
import { createClock } from '@framegate/service-kit';
import { z } from 'zod';
import type { Part } from './arrivals-for.ts';
import { arrivalsFor } from './arrivals-for.ts';
import type { LoadOptions } from './load-options.ts';

const countsSchema = z.object({
  buckets: z.array(z.tuple([z.number(), z.number()])),
  sum: z.number(),
  max: z.number(),
});

export const partResultSchema = z.object({
  sent: z.number(),
  completed: z.number(),
  failed: z.number(),
  failures: z.array(z.tuple([z.string(), z.number()])),
  latencyUs: countsSchema,
  scheduleErrorUs: countsSchema,
  bytes: z.number(),
  cpuMs: z.number(),
  /** From the first frame until the last had come through. */
  seconds: z.number(),
});

/** What one process did: plain data. */
export type PartResult = z.output<typeof partResultSchema>;

/** Frames that wait for a broker in each partition: more are refused and counted, a stalled broker fills no memory. */
const waiting = { maxQueuedMessages: 2000, maxQueuedBytes: 128 * 1024 * 1024 };

/** One process's part of the load. `bus` is not used by the delay line. */
export async function runPart(
  options: LoadOptions,
  part: Part,
  bus: MessageBus | undefined,
  onTurn: (counts: LoadCounts) => void,
): Promise<PartResult> {
  const { nowUs } = createClock();
  const arrivals = arrivalsFor(options, part);
  const { send, bytes, close } = await openTarget(options, bus, nowUs);
  const cpuBefore = process.cpuUsage();
  const startedUs = nowUs();
  const counts = await runOpenLoop({
    arrivals,
    nowUs,
    waitUntilUs: (atUs) => waitUntilUs(atUs, nowUs),
    send,
    onTurn,
  });
  const seconds = (nowUs() - startedUs) / 1e6;
  const { user, system } = process.cpuUsage(cpuBefore);
  await close();
  return {
    sent: counts.sent,
    completed: counts.completed,
    failed: counts.failed,
    failures: [...counts.failures],
    latencyUs: counts.latencyUs.counts(),
    scheduleErrorUs: counts.scheduleErrorUs.counts(),
    bytes: bytes(),
    cpuMs: (user + system) / 1000,
    seconds,
  };
}

async function openTarget(options: LoadOptions, bus: MessageBus | undefined, nowUs: () => number) {
  if (!bus) {
    const delayUs = options['delay-ms'] * 1000;
    const send = async (): Promise<void> => waitUntilUs(nowUs() + delayUs, nowUs);
    return { send, bytes: () => 0, close: async () => {} };
  }
  const { site, partitions, size, quality } = options;
  await bus.ensureTopics(siteTopics(site, partitions));
  const producer = await bus.producer(waiting);
  const pool = await renderFramePool({ ...size, quality });
  const sender = createEdgeSender({ site, producer, partitions, pool, ...size, objectiveMs: 500, nowUs });
  const mean = pool.reduce((sum, jpeg) => sum + jpeg.byteLength, 0) / pool.length;
  let sent = 0;
  const send: typeof sender = (arrival, dueAtUs) => {
    sent += 1;
    return sender(arrival, dueAtUs);
  };
  return { send, bytes: () => Math.round(sent * mean), close: () => producer.close() };
}
