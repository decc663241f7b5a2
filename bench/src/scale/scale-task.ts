import { z } from 'zod';

/** Each a process of its own, so that its CPU time is the process's. */
export const roles = ['edge', 'inference', 'observer'] as const;
export type Role = (typeof roles)[number];

export const scaleTaskSchema = z.object({
  role: z.enum(roles),
  brokers: z.array(z.string()),
  site: z.string(),
  /** Of the site's topics; a load may use fewer. */
  partitions: z.int().positive(),
});
export type ScaleTask = z.output<typeof scaleTaskSchema>;

/** What every role is told at the beginning of a window. */
export const scaleLoadSchema = z.object({
  cameras: z.int().positive(),
  /** Of each camera: those that leave the site. */
  framesPerSecond: z.number().positive(),
  frameBytes: z.int().positive(),
  partitions: z.int().positive(),
  workers: z.int().positive(),
  serviceMs: z.number().nonnegative(),
});
export type ScaleLoad = z.output<typeof scaleLoadSchema>;

export const scaleCommandSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('load'), load: scaleLoadSchema }),
  z.object({ do: z.literal('count') }),
  z.object({ do: z.literal('stop') }),
]);
export type ScaleCommand = z.output<typeof scaleCommandSchema>;

/** Counted since the process began. */
export const scaleCountSchema = z.object({
  cpuMs: z.number(),
  /** Acknowledged by the broker, analysed, or seen as detections, by role. */
  frames: z.number(),
  residentMiB: z.number(),
  atMs: z.number(),
});
export type ScaleCount = z.output<typeof scaleCountSchema>;
