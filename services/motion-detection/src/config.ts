import { hostname } from 'node:os';
import { logLevels, traceRateField } from '@framegate/service-kit';
import { z } from 'zod';

/** The edge service's configuration; each field is the variable `FRAMEGATE_…` and the flag `--…` of its name. */
export const configSchema = z.object({
  siteFile: z.string().describe('YAML file of the site and its cameras'),
  partitions: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(4)
    .describe('Partitions of topics that it creates'),
  stateDir: z.string().default('.framegate').describe('Folder of what must survive a restart'),
  httpHost: z.string().default('127.0.0.1').describe('Address of /healthz, /readyz and /metrics'),
  httpPort: z.coerce.number().int().min(0).max(65_535).default(9101).describe('Its port; 0 takes a free one'),
  instance: z.string().default(hostname()).describe('Name of this process in telemetry'),
  lossless: z.stringbool().default(false).describe('Nothing is dropped: sources wait until frames are taken'),
  loop: z.stringbool().default(false).describe('Files begin again when they end'),
  configWaitMs: z.coerce
    .number()
    .int()
    .min(0)
    .default(5000)
    .describe('Wait for the controller at start, milliseconds'),
  safeAfterSeconds: z.coerce
    .number()
    .max(86_400)
    .refine(
      (seconds) => seconds === 0 || seconds >= 15,
      'expected 0 or at least 15: a controller is asked each 10 s',
    )
    .default(30)
    .describe('Seconds without a word of a controller until cameras go to 2 frames/s of 640 px; 0: never'),
  traceRate: traceRateField,
  logLevel: z.enum(logLevels).default('info').describe('Least severe line that is logged'),
});
