import { z } from 'zod';

export const pipelineTaskSchema = z.object({
  /** Cameras take them in turn. */
  clips: z.array(z.string()).nonempty().readonly(),
  cameras: z.number().int().positive(),
  seconds: z.number().positive(),
  objectiveMs: z.number().positive(),
  model: z.string(),
  /** False: every frame of a camera is sent from its first motion on. */
  gate: z.boolean(),
  control: z.boolean(),
  /** Of the site's uplink; absent: none is in the way. */
  bytesPerSecond: z.number().positive().optional(),
});
export type PipelineTask = z.output<typeof pipelineTaskSchema>;

/** Null where there was nothing to measure. */
const figure = z.number().nullable();
const quantiles = z.object({ p50: figure, p95: figure, p99: figure });

/** Of the `framegate.report/1` document what is asked here. */
export const pipelineRunSchema = z.object({
  durationSeconds: z.number(),
  ledger: z.object({
    edge: z.object({ captured: z.number(), discarded: z.record(z.string(), z.number()) }),
    cloud: z.object({ analysed: z.number() }),
    balanced: z.boolean(),
  }),
  latencyMs: quantiles.extend({ count: z.number(), byStage: z.record(z.string(), quantiles) }),
  slo: z.object({ due: z.number(), onTimeShare: figure, violationSeconds: z.number() }),
  bandwidth: z.object({ publishedBytes: z.number() }),
  /** Results in which something was found, whenever they came. */
  found: z.number(),
});
export type PipelineRun = z.output<typeof pipelineRunSchema>;
