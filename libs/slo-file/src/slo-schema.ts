import { leverNames, sliNames } from '@framegate/control';
import { z } from 'zod';

const label = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'expected lower-case letters, digits and hyphens');
const place = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9.@/-]{0,126}$/,
    'expected the name of a service, link or host, such as uplink@north',
  );
const cameraPattern = z
  .string()
  .regex(
    /^(?:\*|[a-z0-9*-]+\/[a-z0-9*-]+)$/,
    'expected <site>/<camera>, with * for any part, such as north/door*',
  );

const scopeSchema = z.strictObject({
  cameras: z.array(cameraPattern).min(1).optional().describe('Ids of cameras, with * for any part'),
  class: label.optional().describe('A class of cameras, from `classes`'),
  site: label.optional().describe('All cameras of a site'),
});

const sloSchema = z.strictObject({
  name: label.describe('How decisions and messages call it'),
  sli: z.enum(sliNames).describe('What is measured'),
  objective: z
    .number()
    .positive()
    .max(1_000_000)
    .describe(
      'latency, freshness: ms at most; frame-rate, goodput: on-time results a second at least; accuracy, availability: share 0..1 at least',
    ),
  target: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.95)
    .describe('Share of the samples in the window that must meet the objective'),
  windowSeconds: z
    .int()
    .min(12)
    .max(3600)
    .default(60)
    .describe('Over how long the target counts; a twelfth of it tells what happens right away'),
  scope: scopeSchema.optional().describe('Which cameras it is about; left out: all'),
  priority: z
    .int()
    .min(1)
    .max(100)
    .default(1)
    .describe('1 is the most important; a lower one never costs a higher one'),
  weight: z.number().positive().max(1000).default(1).describe('Among equal priorities, relative'),
});

const rangeSchema = z.strictObject({
  from: z.number(),
  to: z.number(),
  step: z.number().positive().default(1).describe('Distance of two settings'),
});

const leverSchema = z.strictObject({
  lever: z.enum(leverNames).describe('What may be moved'),
  steps: z
    .array(z.union([z.number(), z.string()], { error: 'expected a number, or the name of a model' }))
    .min(1)
    .max(1000)
    .optional()
    .describe('The settings, from the least to the most costly'),
  range: rangeSchema.optional().describe('In place of steps: evenly from the least to the most costly'),
  settleSeconds: z
    .number()
    .min(0)
    .max(600)
    .optional()
    .describe('How long after a move before its effect can be judged'),
  cost: z.number().min(0).max(1000).default(1).describe('Relative price of one step up'),
  scope: z.enum(['camera', 'site', 'cloud']).optional().describe('What one setting holds for'),
});

const dependencySchema = z.strictObject({
  from: place.describe('What needs the other'),
  to: place.describe('What is needed'),
});

/** The declaration as a person writes it. `docs/slo.schema.json` is made from it. */
export const sloFileSchema = z
  .strictObject({
    schema: z.literal('framegate.slo/1').describe('Version of this format'),
    slos: z.array(sloSchema).min(1).describe('What is promised'),
    classes: z
      .record(label, z.array(cameraPattern).min(1))
      .optional()
      .describe('Classes of cameras: ids by the name of the class, with * for any part'),
    levers: z
      .array(leverSchema)
      .optional()
      .describe('What may be moved to keep the promise; left out: what Framegate brings'),
    dependencies: z
      .array(dependencySchema)
      .optional()
      .describe("What needs what, beside the stages of a frame's way"),
  })
  .meta({ title: 'Framegate declaration of service level objectives' });

export type SloFile = z.output<typeof sloFileSchema>;
export type LeverEntry = z.output<typeof leverSchema>;

/** The entries by themselves, for what is checked between those that are whole. */
export const entrySchemas = { slo: sloSchema, lever: leverSchema, dependency: dependencySchema };

/** JSON Schema of the file, for editors. */
export function sloJsonSchema(): z.core.JSONSchema.JSONSchema {
  return z.toJSONSchema(sloFileSchema, { io: 'input' });
}
