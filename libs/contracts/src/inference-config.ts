import { z } from 'zod';
import { jsonEvent } from './event.ts';

const capacitySchema = z.object({
  /** Frames of different cameras in one run, at most. */
  batch: z.int().min(1).max(64),
  /** Runs at once in each instance. */
  workers: z.int().min(1).max(256),
});
/** What a model gets in each instance of the inference. */
export type ModelCapacity = z.output<typeof capacitySchema>;

const inferenceConfigSchema = z.object({
  token: z.int().nonnegative(),
  version: z.int().nonnegative(),
  /** By model; one that is not named keeps what its instance was started with. */
  models: z.record(z.string(), capacitySchema),
  reason: z.string(),
});

/** What every instance of the inference obeys; one writer, the leading controller. */
export type InferenceConfig = z.output<typeof inferenceConfigSchema>;

export const inferenceConfigEvent = jsonEvent(
  { name: 'inference-config', major: 1 },
  inferenceConfigSchema,
  (config) => ({
    key: 'inference',
    id: `inference/config/${config.token}/${config.version}`,
    source: '/controller',
    timeUs: 0,
  }),
);
