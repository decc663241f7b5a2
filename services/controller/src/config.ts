import { availableParallelism, hostname } from 'node:os';
import { logLevels, traceRateField } from '@framegate/service-kit';
import { z } from 'zod';
import { modes } from './operator.ts';

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
  httpHost: z
    .string()
    .default('127.0.0.1')
    .describe('Address of /healthz, /readyz, /metrics and the API; others than this machine need a token'),
  httpPort: z.coerce.number().int().min(0).max(65_535).default(9103).describe('Its port; 0 takes a free one'),
  apiToken: z
    .string()
    .min(16)
    .optional()
    .describe('What requests to /v1/… must bring as "authorization: Bearer …"; at least 16 characters'),
  cores: z.coerce
    .number()
    .int()
    .min(1)
    .max(1024)
    .default(availableParallelism())
    .describe('Cores that the inference may use, where no file declares its workers'),
  mode: z
    .enum(modes)
    .default('act')
    .describe('What the loops do at first: move levers, only advise, or nothing (for lossless runs)'),
  sloFile: z.string().optional().describe('Objectives and levers (slo.yaml); read again when it changes'),
  profileFiles: z
    .string()
    .optional()
    .describe(
      'What "framegate profile" measured: profile.json for all cameras, or north/*=yard.json,south/door=door.json',
    ),
  instance: z.string().default(hostname()).describe('Name of this process in its broker connections'),
  traceRate: traceRateField,
  logLevel: z.enum(logLevels).default('info').describe('Least severe line that is logged'),
});
