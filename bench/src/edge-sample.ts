import { z } from 'zod';

/** What an edge cost over a window. */
export const edgeSampleSchema = z.object({
  /** CPU of all threads of the process, s. */
  cpuSeconds: z.number(),
  /** Cameras that have been started: they learn in turns. */
  started: z.number(),
  captured: z.number(),
  undecoded: z.number(),
  late: z.number(),
  published: z.number(),
  /** Resident memory now, and before there was any camera, bytes. */
  residentBytes: z.number(),
  baseBytes: z.number(),
  balanced: z.boolean(),
  /** Why cameras decode every frame although packets are to be watched, each with how many say so. */
  reasons: z.record(z.string(), z.number()),
});
export type EdgeSample = z.output<typeof edgeSampleSchema>;
