import { z } from 'zod';
import type { Luma } from '../clips/clip.ts';
import type { Mark } from '../scoring/mark.ts';

/** One way to set a gate; each has a threshold of its own for the strength of its marks. */
export const settingSchema = z.object({
  gate: z.string(),
  setting: z.string(),
  /** As the gate comes: this setting at this threshold. */
  isDefault: z.boolean(),
  threshold: z.number(),
  /** False: the gate judges the frame as a whole. */
  hasRegions: z.boolean(),
});
export type GateSetting = z.infer<typeof settingSchema>;

/** `[x, y, width, height, strength]`, as other programs write them. */
export const marksSchema = z.array(
  z
    .tuple([z.number(), z.number(), z.number(), z.number(), z.number()])
    .transform(([x, y, width, height, strength]): Mark => ({ box: [x, y, width, height], strength })),
);

/** What settings say of a frame, in the order of the family's settings. */
export type FrameMarks = readonly (readonly Mark[])[];

/** Gates that run together over one clip. Marks may come later than their frames, but in order. */
export interface GateRun {
  readonly settings: readonly GateSetting[];
  add(frame: number, luma: Luma, small: Luma): void | Promise<void>;
  /** After the last frame: CPU time of each setting, ms a frame; null where it was not taken. */
  finish(): Promise<readonly (number | null)[]>;
}

export type OnMarks = (frame: number, marks: FrameMarks) => void;
