import { hostname } from 'node:os';
import { join } from 'node:path';
import type { SpoolSettings } from '@framegate/camera-pipeline';
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
  spoolDir: z
    .string()
    .default('')
    .describe('Folder of frames that wait while the bus is away; empty: `spool` in the state folder'),
  spoolMib: z.coerce
    .number()
    .min(0)
    .default(1024)
    .refine((size) => size === 0 || size >= 32, 'expected 0 or at least 32')
    .describe('Its size at most, MiB; the oldest frames make room; 0: no spool, such frames are discarded'),
  spoolHours: z.coerce.number().positive().max(8784).default(24).describe('Older frames leave it, hours'),
  spoolSync: z
    .union([z.enum(['never', 'always']), z.coerce.number().int().min(1).max(60_000)], {
      error: 'expected never, always or milliseconds from 1 to 60000',
    })
    .default(1000)
    .describe('When its frames are forced to the disk: never, always, or within so many milliseconds'),
  backfillKbps: z.coerce
    .number()
    .min(1)
    .default(4000)
    .describe('Rate at which spooled frames follow once the bus is back, kbit/s; live frames go first'),
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

/** The spool that the configuration asks for; undefined for none. */
export function spoolOf(config: z.output<typeof configSchema>): SpoolSettings | undefined {
  const { spoolDir, stateDir, spoolMib, spoolHours, spoolSync, backfillKbps } = config;
  if (spoolMib === 0) return undefined;
  return {
    folder: spoolDir === '' ? join(stateDir, 'spool') : spoolDir,
    maxBytes: spoolMib * 1024 * 1024,
    maxAgeMs: spoolHours * 3_600_000,
    sync: typeof spoolSync === 'number' ? { everyMs: spoolSync } : spoolSync,
    backfillBytesPerSecond: (backfillKbps * 1000) / 8,
  };
}
