import { z } from 'zod';

const statementSchema = z
  .strictObject({
    says: z.string().describe('In words, for the report'),
    /** Path of a field of the report: `ledger.lost`, `faults.0.recoverySeconds`. */
    field: z.string(),
    is: z.union([z.boolean(), z.number(), z.string()]).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
  })
  .refine(
    ({ is, min, max }) => [is, min, max].some((bound) => bound !== undefined),
    'expected one of is, min and max',
  );
export type Statement = z.output<typeof statementSchema>;

export const experimentSchema = z.strictObject({
  schema: z.literal('framegate.chaos/1'),
  title: z.string(),
  hypothesis: z.string(),
  start: z.strictObject({
    cameras: z.int().min(1).max(64).default(2),
    framesPerSecond: z.number().min(1).max(30).default(5),
    inferences: z.int().min(1).max(4).default(1),
    controllers: z.int().min(1).max(4).default(1),
    /** Keeps the lease of the controllers. */
    redis: z.boolean().default(false),
    /** `network`: all from one server of MJPEG streams, the component `cameras`. */
    source: z.enum(['scene', 'network']).default('scene'),
    backfillKbps: z.number().positive().default(20_000),
  }),
  /** From the moment when every camera's results come, with the faults in it. */
  durationSeconds: z.number().positive().max(3600),
  faults: z.array(z.strictObject({ atSeconds: z.number().nonnegative(), resource: z.string() })).default([]),
  /** Cameras of another site that come on top for a while. */
  load: z
    .strictObject({
      atSeconds: z.number().nonnegative(),
      seconds: z.number().positive(),
      cameras: z.int().min(1).max(64),
      framesPerSecond: z.number().min(1).max(30),
    })
    .optional(),
  /** Faults at random, one after the other, until the experiment ends. */
  walk: z
    .strictObject({
      /** Files of other experiments. */
      resources: z.array(z.string()).min(1),
      pauseSeconds: z.tuple([z.number().positive(), z.number().positive()]),
      /** No fault begins in the last seconds. */
      restSeconds: z.number().positive(),
      /** Instead of `durationSeconds` where FRAMEGATE_FULL is 1. */
      fullSeconds: z.number().positive().max(7200),
    })
    .optional(),
  statements: z.array(statementSchema).min(1),
});

/** What is started, what is done to it, and what must hold. */
export type Experiment = z.output<typeof experimentSchema>;
