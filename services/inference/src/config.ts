import { hostname } from 'node:os';
import { providers } from '@framegate/object-detector';
import { logLevels, traceRateField } from '@framegate/service-kit';
import { z } from 'zod';

/** The inference service's configuration; each field is the variable `FRAMEGATE_…` and the flag `--…` of its name. */
export const configSchema = z.object({
  model: z
    .string()
    .default('yolox-nano-416')
    .describe('Detector of cameras that name none: a catalogue name or an ONNX file'),
  provider: z.enum(providers).default('cpu').describe('What runs the model'),
  workers: z.coerce.number().int().min(1).max(256).default(1).describe('Worker threads of each model'),
  threads: z.coerce.number().int().min(1).max(256).default(1).describe('Threads of each worker'),
  minScore: z.coerce.number().min(0).max(1).default(0.35).describe('Lowest score that is reported'),
  maxBatch: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(1)
    .describe('Frames of different cameras in one run of the model'),
  batchWaitMs: z.coerce
    .number()
    .min(0)
    .max(1000)
    .default(0)
    .describe('Wait for a batch to fill, milliseconds'),
  group: z
    .string()
    .default('framegate-inference')
    .describe('Consumer group; replicas of one group share the work'),
  partitions: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(4)
    .describe('Partitions of topics that it creates'),
  httpHost: z.string().default('127.0.0.1').describe('Address of /healthz, /readyz and /metrics'),
  httpPort: z.coerce.number().int().min(0).max(65_535).default(9102).describe('Its port; 0 takes a free one'),
  instance: z.string().default(hostname()).describe('Name of this process in telemetry'),
  lossless: z.stringbool().default(false).describe('Every frame is analysed: the bus holds what waits'),
  traceRate: traceRateField,
  logLevel: z.enum(logLevels).default('info').describe('Least severe line that is logged'),
});
