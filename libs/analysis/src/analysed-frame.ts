import { z } from 'zod';

const boxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly();

const foundObjectSchema = z.object({
  /** x, y, width, height in source pixels. */
  box: boxSchema,
  class: z.string(),
  /** 0..1 */
  score: z.number(),
});

/** One frame that the detector looked at; a line of the JSONL format is exactly this. */
export const analysedFrameSchema = z.object({
  /** The input, as the user named it. */
  file: z.string(),
  /** Number of the frame in its file, from 0. */
  frame: z.number(),
  /** Since the file's first frame. */
  timeSeconds: z.number(),
  /** Of the picture, pixels. */
  width: z.number(),
  height: z.number(),
  objects: z.array(foundObjectSchema).readonly(),
  /** `score` 0..1, null when the gate was off; `regions` are motion boxes in source pixels. */
  gate: z.object({ score: z.number().nullable(), regions: z.array(boxSchema).readonly() }),
});

export type AnalysedFrame = Readonly<z.output<typeof analysedFrameSchema>>;
export type FoundObject = AnalysedFrame['objects'][number];
