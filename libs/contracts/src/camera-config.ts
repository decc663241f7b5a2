import { z } from 'zod';
import { cameraIdSchema, cameraSource, nameSchema } from './camera-id.ts';
import { jsonEvent } from './event.ts';

const pointSchema = z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]);
const namedPolygonSchema = z.object({
  name: z.string().min(1).max(80),
  polygon: z.array(pointSchema).min(3).max(100),
});

/** A named area; its points are fractions (0..1) of the picture's width and height. */
export type NamedPolygon = z.output<typeof namedPolygonSchema>;

const intentSchema = z.object({
  cameraId: cameraIdSchema,
  revision: z.int().nonnegative(),
  motionMasks: z.array(namedPolygonSchema),
  privacyMasks: z.array(namedPolygonSchema),
  zones: z.array(namedPolygonSchema),
  /** Classes to report; empty means all that the model knows. */
  classes: z.array(z.string()),
  objectiveMs: z.int().positive(),
  preRollSeconds: z.number().nonnegative(),
  postRollSeconds: z.number().nonnegative(),
  keepAliveSeconds: z.number().nonnegative(),
  /** `packets`: while nothing moves, compressed frames are watched undecoded; absent: `frames`, all are decoded. */
  watching: z.enum(['packets', 'frames']).optional(),
  /** What the operator would like when nothing is scarce. */
  wanted: z.object({
    framesPerSecond: z.number().positive(),
    width: z.int().positive(),
    quality: z.int().min(1).max(100),
    motionSensitivity: z.number().min(0).max(100),
    model: z.string(),
  }),
});

/** What an operator wants of a camera: seeded from the site file, changed through the console. */
export type CameraIntent = z.output<typeof intentSchema>;

export const cameraIntentEvent = jsonEvent({ name: 'camera-intent', major: 1 }, intentSchema, (intent) => ({
  key: intent.cameraId,
  id: `${intent.cameraId}/intent/${intent.revision}`,
  source: cameraSource(intent.cameraId),
  timeUs: 0,
}));

export const cameraConfigSchema = z.object({
  cameraId: cameraIdSchema,
  /** Fencing token of the controller that wrote it; a higher one always wins. */
  token: z.int().nonnegative(),
  version: z.int().nonnegative(),
  intentRevision: z.int().nonnegative(),
  partition: z.int().nonnegative(),
  framesPerSecond: z.number().positive(),
  width: z.int().positive(),
  quality: z.int().min(1).max(100),
  motionSensitivity: z.number().min(0).max(100),
  model: z.string(),
  /** What a declaration promises of the camera, where that is something else than its intent wants. */
  objectiveMs: z.int().positive().optional(),
  reason: z.string(),
});

/** The configuration that a camera obeys; one writer, the leading controller. */
export type CameraConfig = z.output<typeof cameraConfigSchema>;

export const cameraConfigEvent = jsonEvent(
  { name: 'camera-config', major: 1 },
  cameraConfigSchema,
  (config) => ({
    key: config.cameraId,
    id: `${config.cameraId}/config/${config.token}/${config.version}`,
    source: '/controller',
    timeUs: 0,
  }),
);

/** What a controller wrote: under which token, and as which version. */
type Fenced = Pick<CameraConfig, 'token' | 'version'>;

/** Whether `next` replaces `current`: compared as (token, version), so that a deposed writer is refused. */
export function supersedes(next: Fenced, current: Fenced | undefined): boolean {
  if (current === undefined) return true;
  return next.token > current.token || (next.token === current.token && next.version > current.version);
}

const announcementSchema = z.object({
  site: nameSchema,
  timezone: z.string(),
  cameras: z.array(z.object({ cameraId: cameraIdSchema, source: z.string() })),
  atUs: z.int().nonnegative(),
});

/** An edge says which cameras it has; sources are described without credentials. */
export type SiteAnnouncement = z.output<typeof announcementSchema>;

export const siteAnnouncementEvent = jsonEvent(
  { name: 'site', major: 1 },
  announcementSchema,
  (announcement) => ({
    key: announcement.site,
    id: `${announcement.site}/${announcement.atUs}`,
    source: `/sites/${announcement.site}`,
    timeUs: announcement.atUs,
  }),
);
