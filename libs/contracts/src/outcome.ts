import { z } from 'zod';
import { cameraIdSchema, cameraSource } from './camera-id.ts';
import { jsonEvent } from './event.ts';
import { frameKinds } from './frame.ts';
import { formatFrameId } from './frame-id.ts';

export const outcomes = ['analysed', 'superseded', 'expired', 'failed'] as const;
export type OutcomeName = (typeof outcomes)[number];

const outcomeSchema = z.object({
  cameraId: cameraIdSchema,
  epoch: z.int().nonnegative(),
  seq: z.int().nonnegative(),
  kind: z.enum(frameKinds),
  outcome: z.enum(outcomes),
  reason: z.string().optional(),
  capturedAtUs: z.int().nonnegative(),
  objectiveMs: z.number().nonnegative(),
  atUs: z.int().nonnegative(),
  /**
   * What the frame had behind it when it arrived, ms: `decode` with the wait for a core, `send` encoded to published,
   * `carry` published to received. Of a frame that expires nothing else tells where its time went.
   */
  arrivalMs: z
    .object({
      decode: z.number(),
      gate: z.number(),
      encode: z.number(),
      send: z.number(),
      carry: z.number(),
    })
    .optional(),
});

/** What became of one received frame: a small record for each, which an auditor reads. */
export type Outcome = z.output<typeof outcomeSchema>;

export type ArrivalTimes = NonNullable<Outcome['arrivalMs']>;

export const outcomeEvent = jsonEvent({ name: 'outcome', major: 1 }, outcomeSchema, (outcome) => ({
  key: outcome.cameraId,
  id: `${formatFrameId(outcome)}/${outcome.outcome}`,
  source: cameraSource(outcome.cameraId),
  timeUs: outcome.atUs,
}));

/** Fates that end a frame's life at the edge; `discarded` names its reason behind a colon. */
const edgeFateSchema = z.union([
  z.enum(['stopped', 'sampledOut', 'published', 'backfilled']),
  z.templateLiteral(['discarded:', z.string().regex(/^[a-zA-Z]{1,40}$/)]),
]);
export type EdgeFate = z.output<typeof edgeFateSchema>;

const fateRunSchema = z.tuple([z.int().positive(), z.int().positive(), edgeFateSchema]);
/** Frames `from` to `to` (inclusive seq) had this fate. */
export type FateRun = z.output<typeof fateRunSchema>;

const edgeFatesSchema = z.object({
  cameraId: cameraIdSchema,
  epoch: z.int().nonnegative(),
  /** Number of this record within the epoch, from 1; a later process of the site has numbers of its own, far above. */
  record: z.int().positive(),
  runs: z.array(fateRunSchema),
  /** Frames `from` to `to` wait on the site's disk; a later run says what became of them. Not a fate yet. */
  spooled: z.array(z.tuple([z.int().positive(), z.int().positive()])).optional(),
  /** The camera has ended and no frame of this epoch is still under way. */
  final: z.boolean(),
  atUs: z.int().nonnegative(),
});

/** Run-length fates of one camera's frames since its last such record, each second. */
export type EdgeFates = z.output<typeof edgeFatesSchema>;

export const edgeFatesEvent = jsonEvent({ name: 'edge-fates', major: 1 }, edgeFatesSchema, (fates) => ({
  key: fates.cameraId,
  id: `${fates.cameraId}/${fates.epoch}/fates/${fates.record}`,
  source: cameraSource(fates.cameraId),
  timeUs: fates.atUs,
}));
