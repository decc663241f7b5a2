import { z } from 'zod';
import { codings } from '../clips/clip.ts';
import { settingSchema } from '../gates/gate-run.ts';

const passageSchema = z.object({
  fromFrame: z.number(),
  lastFrame: z.number(),
  width: z.number(),
  height: z.number(),
  contrastLevels: z.number().nullable(),
});

const scoreSchema = z.object({
  passages: z.array(z.object({ prompt: z.number(), ever: z.number() })).readonly(),
  frames: z.array(z.number()).readonly(),
  overlap: z.object({ sum: z.number(), count: z.number() }),
});

/** What a family of gates made of one clip; enough to draw curves and to choose thresholds later. */
export const familyResultSchema = z.object({
  family: z.string(),
  clip: z.object({
    condition: z.string(),
    subject: z.string(),
    seed: z.number(),
    frames: z.number(),
    coding: z.enum(codings),
    framesPerSecond: z.number(),
  }),
  isEmpty: z.array(z.boolean()).readonly(),
  passages: z.array(passageSchema).readonly(),
  /** CPU time of decoding, ms a frame; null where nothing was decoded. */
  decodeMs: z.number().nullable(),
  gates: z.array(settingSchema.extend({ cpuMs: z.number().nullable(), score: scoreSchema })),
});
export type FamilyResult = z.infer<typeof familyResultSchema>;
