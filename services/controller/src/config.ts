import { hostname } from 'node:os';
import { logLevels } from '@framegate/service-kit';
import { z } from 'zod';

/** The controller's configuration; each field is the variable `FRAMEGATE_…` and the flag `--…` of its name. */
export const configSchema = z.object({
  partitions: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(4)
    .describe('Partitions over which cameras are spread'),
  redisUrl: z
    .url({ protocol: /^rediss?$/, error: 'expected redis://… or rediss://…' })
    .optional()
    .describe('Redis through which several controllers agree on who leads; without it run only one'),
  httpHost: z.string().default('127.0.0.1').describe('Address of /healthz, /readyz and /metrics'),
  httpPort: z.coerce.number().int().min(0).max(65_535).default(9103).describe('Its port; 0 takes a free one'),
  instance: z.string().default(hostname()).describe('Name of this process in its broker connections'),
  logLevel: z.enum(logLevels).default('info').describe('Least severe line that is logged'),
});
