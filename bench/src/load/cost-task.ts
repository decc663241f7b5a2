import { z } from 'zod';

export const senders = ['load generator', 'kafkajs loop', 'kafkajs loop, idempotent'] as const;

export const costTaskSchema = z.object({
  sender: z.enum(senders),
  brokers: z.array(z.string()),
  /** Topics are named for it: one of its own for each run. */
  site: z.string(),
  perSecond: z.number().positive(),
  bytes: z.int().positive(),
  seconds: z.number().positive(),
});
export type CostTask = z.output<typeof costTaskSchema>;

export const costRunSchema = z.object({
  /** From the first frame until the last was acknowledged: user and system time of all threads. */
  cpuMsPerFrame: z.number(),
  sent: z.number(),
  failed: z.number(),
  seconds: z.number(),
});
export type CostRun = z.output<typeof costRunSchema>;
