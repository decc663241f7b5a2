import { z } from 'zod';

export const notificationSchema = z.object({
  /** The same for the same thing, whenever and by whomever it is told: receivers deduplicate by it. */
  id: z.string(),
  ruleId: z.string(),
  ruleName: z.string(),
  /** `cut-off`: the console itself hears nothing. */
  kind: z.enum(['appearance', 'silence', 'cut-off', 'test']),
  /** Where it is about no camera, what stands in its place. */
  cameraId: z.string(),
  /** The sentence for people. */
  text: z.string(),
  /** When it became so: capture of the frame that showed it, µs since the Unix epoch. */
  atUs: z.number(),
  /** Of an appearance. */
  className: z.string().optional(),
  zones: z.array(z.string()).readonly().optional(),
  score: z.number().optional(),
  appearanceId: z.string().optional(),
});

/** Something that somebody wants to be told of has happened. */
export type Notification = Readonly<z.output<typeof notificationSchema>>;
