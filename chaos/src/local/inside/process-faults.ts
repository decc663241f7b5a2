import { z } from 'zod';

/** What is done to a process from inside it, as Chaos Mesh does it to a container: `preload.ts` obeys, the runner writes. */
export const processFaultsSchema = z.strictObject({
  /** What its wall clock is ahead, ms; negative: behind. */
  clockAheadMs: z.number().default(0),
  /** Of writes to files below a folder. */
  disk: z
    .strictObject({
      folder: z.string(),
      /** Name of the error of each write. */
      code: z.string().optional(),
      delayMs: z.number().nonnegative().default(0),
    })
    .nullable()
    .default(null),
  /** Host names that can't be resolved; `*` stands for any letters. */
  unresolved: z.array(z.string()).default([]),
  /** Names that only this run knows, with their addresses. */
  hosts: z.record(z.string(), z.string()).default({}),
  /** No fault: each time this changes, every thread collects its garbage, so that what stays can be measured. */
  collections: z.int().nonnegative().default(0),
});

export type ProcessFaults = z.output<typeof processFaultsSchema>;

export const noProcessFaults: ProcessFaults = processFaultsSchema.parse({});

/** Of the file that holds them. */
export const processFaultsVariable = 'CHAOS_PROCESS_FAULTS';

/** Whether a pattern of a DNSChaos means a host. */
export function matchesHost(pattern: string, host: string): boolean {
  const escaped = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`).test(host);
}
