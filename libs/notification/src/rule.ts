import { cameraIdSchema } from '@framegate/contracts';
import { z } from 'zod';

/** Of the clock of a time zone: `07:30`. */
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected HH:MM');

const timeZone = z.string().refine(isTimeZone, 'expected an IANA time zone such as Europe/Berlin');

const scheduleSchema = z.object({
  timeZone,
  /** 1 is Monday, 7 is Sunday. Empty: every day. */
  days: z.array(z.int().min(1).max(7)).max(7),
  from: clockTime,
  /** Exclusive. Before `from`: on the next day. The same as `from`: the whole day. */
  until: clockTime,
});
export type Schedule = z.output<typeof scheduleSchema>;

const channelName = z.string().regex(/^[a-z0-9-]{1,40}$/, 'expected lower-case letters, digits and hyphens');

const common = {
  name: z.string().trim().min(1).max(100),
  enabled: z.boolean(),
  /** Empty: all. */
  cameras: z.array(cameraIdSchema).max(500),
  /** Names of the channels that it is told through. */
  channels: z.array(channelName).min(1).max(10),
  schedule: scheduleSchema.nullable(),
  /** Of one camera, after a notification, seconds. */
  coolDownSeconds: z.number().min(0).max(86_400),
};

const appearanceRule = z.object({
  ...common,
  kind: z.literal('appearance'),
  /** Empty: all. */
  classes: z.array(z.string().min(1).max(100)).max(100),
  /** Empty: anywhere. */
  zones: z.array(z.string().min(1).max(100)).max(100),
  minScore: z.number().min(0).max(1),
  /** Somebody who is there for so long; 0: as soon as he is seen. */
  dwellSeconds: z.number().min(0).max(3600),
});

const silenceRule = z.object({
  ...common,
  kind: z.literal('silence'),
  /** Nothing is heard of a camera for so long. */
  silentSeconds: z.number().min(10).max(86_400),
});

/** What somebody wants to be told of. */
export const ruleSchema = z.discriminatedUnion('kind', [appearanceRule, silenceRule]);
export type Rule = z.output<typeof ruleSchema>;
export type AppearanceRule = z.output<typeof appearanceRule>;
export type SilenceRule = z.output<typeof silenceRule>;

export const storedRuleSchema = z.object({
  id: z.string(),
  rule: ruleSchema,
  /** µs since the Unix epoch; 0: not silenced. */
  silencedUntilUs: z.int().nonnegative(),
});
export type StoredRule = z.output<typeof storedRuleSchema>;

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
