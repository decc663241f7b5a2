import { z } from 'zod';
import { nameSchema } from './camera-id.ts';
import { jsonEvent } from './event.ts';

const timeUs = z.int().nonnegative();

const clockRequestSchema = z.object({
  site: nameSchema,
  instance: z.string(),
  /** By the asking site's clock. */
  sentAtUs: timeUs,
});

/** A site asks what time it is in the cloud. */
export type ClockRequest = z.output<typeof clockRequestSchema>;

export const clockRequestEvent = jsonEvent({ name: 'clock-request', major: 1 }, clockRequestSchema, (r) => ({
  key: r.site,
  id: `${r.instance}/${r.sentAtUs}`,
  source: `/sites/${r.site}`,
  timeUs: r.sentAtUs,
}));

const clockReplySchema = clockRequestSchema.extend({
  /** By the answering clock of the cloud. */
  receivedAtUs: timeUs,
  repliedAtUs: timeUs,
});

/** The cloud's answer, with the question in it. */
export type ClockReply = z.output<typeof clockReplySchema>;

export const clockReplyEvent = jsonEvent({ name: 'clock-reply', major: 1 }, clockReplySchema, (r) => ({
  key: r.site,
  id: `${r.instance}/${r.sentAtUs}/reply`,
  source: '/controller',
  timeUs: r.repliedAtUs,
}));

/** What a site's clock is to be corrected by: cloud time = site time + `offsetUs`, true to +-`errorUs`. */
export const clockOffsetSchema = z.object({ offsetUs: z.int(), errorUs: z.int().nonnegative() });
export type ClockOffset = z.output<typeof clockOffsetSchema>;

/** The correction to make: none where the clocks agree within what is known of them. */
export function correctionUs(clock: ClockOffset | undefined): number {
  return clock && Math.abs(clock.offsetUs) > clock.errorUs ? clock.offsetUs : 0;
}
