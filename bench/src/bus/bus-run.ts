import { z } from 'zod';

export const clients = ['framegate', 'kafkajs', 'kafkajs idempotent', 'platformatic', 'in process'] as const;

export const busTaskSchema = z.object({
  client: z.enum(clients),
  brokers: z.array(z.string()),
  topic: z.string(),
  bytes: z.number().int().positive(),
  perSecond: z.number().positive(),
  seconds: z.number().positive(),
});
export type BusTask = z.output<typeof busTaskSchema>;

/** What one client made of a load. */
export const busRunSchema = z.object({
  sent: z.number(),
  received: z.number(),
  /** From when a message was due to when the consumer had it; null when none came. */
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  /** Of producer and consumer together, the broker's not. */
  cpuMsPerMessage: z.number(),
  /** Why sends failed, once each. */
  errors: z.array(z.string()),
});
export type BusRun = z.output<typeof busRunSchema>;
