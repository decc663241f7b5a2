import { z } from 'zod';
import { cameraIdSchema, cameraSource } from './camera-id.ts';
import type { ClockOffset } from './clock.ts';
import type { EventMessage } from './event.ts';
import { checkEventType, ContractError, describeIssues, eventHeaders, typeName } from './event.ts';
import type { FrameId } from './frame-id.ts';
import { formatFrameId } from './frame-id.ts';
import { maxFrameBytes } from './topics.ts';

export const frameKinds = ['live', 'preroll', 'keepalive', 'backfill'] as const;
/** Only `live` frames expire and count in latency and SLO; the others run on spare capacity. */
export type FrameKind = (typeof frameKinds)[number];

const type = { name: 'frame', major: 1 };
/** The `ce_type` of a frame. */
export const frameType = typeName(type);

const decimal = (max: number) =>
  z
    .string()
    .regex(/^\d{1,16}$/)
    .transform(Number)
    .pipe(z.number().max(max));
const timeUs = decimal(Number.MAX_SAFE_INTEGER);
const pixels = decimal(16_384);
const milliseconds = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,3})?$/)
  .transform(Number);
const regionsSchema = z
  .string()
  .regex(/^(\d{1,5} \d{1,5} \d{1,5} \d{1,5}(,|$))*$/)
  .transform((text) => (text === '' ? [] : text.split(',').map(parseRegion)));

/** The extension attributes of a frame, all decimal strings on the wire. */
export const frameAttributesSchema = z.object({
  ce_camera: cameraIdSchema,
  ce_epoch: decimal(Number.MAX_SAFE_INTEGER),
  ce_seq: decimal(Number.MAX_SAFE_INTEGER),
  ce_kind: z.enum(frameKinds),
  ce_capturedat: timeUs,
  ce_gatedat: timeUs,
  ce_encodedat: timeUs,
  ce_publishedat: timeUs,
  ce_objectivems: decimal(86_400_000),
  ce_configversion: decimal(Number.MAX_SAFE_INTEGER),
  ce_width: pixels,
  ce_height: pixels,
  ce_sourcewidth: pixels,
  ce_sourceheight: pixels,
  ce_regions: regionsSchema,
  ce_score: z
    .string()
    .regex(/^[01](\.\d{1,6})?$/)
    .transform(Number),
  ce_decodems: milliseconds,
  ce_gatems: milliseconds,
  ce_encodems: milliseconds,
  /** Of a site that knows how its clock differs from the cloud's, µs. */
  ce_clockoffset: z
    .string()
    .regex(/^-?\d{1,16}$/)
    .transform(Number)
    .optional(),
  ce_clockerror: timeUs.optional(),
  traceparent: z.string().max(64).optional(),
});

/** A motion box in source pixels: x, y, width, height. */
export type Region = readonly [x: number, y: number, width: number, height: number];

/** A frame that left the gate, with what the edge knows of it. Times: µs since the Unix epoch, edge's clock. */
export interface Frame {
  readonly cameraId: string;
  readonly epoch: number;
  readonly seq: number;
  readonly kind: FrameKind;
  readonly capturedAtUs: number;
  readonly gatedAtUs: number;
  readonly encodedAtUs: number;
  readonly publishedAtUs: number;
  readonly objectiveMs: number;
  readonly configVersion: number;
  /** Size of the JPEG. */
  readonly width: number;
  readonly height: number;
  /** Size of the camera's picture, in whose pixels all boxes are. */
  readonly sourceWidth: number;
  readonly sourceHeight: number;
  readonly regions: readonly Region[];
  /** Gate score, 0..1. */
  readonly score: number;
  /** What the edge's stages worked on this frame, without waiting. */
  readonly work: { readonly decodeMs: number; readonly gateMs: number; readonly encodeMs: number };
  /** How the edge's clock differs from the cloud's; absent while nobody has said. */
  readonly clock?: ClockOffset | undefined;
  readonly traceparent?: string | undefined;
  readonly jpeg: Uint8Array;
}

export function encodeFrame(frame: Frame): EventMessage {
  const headers = eventHeaders(type, {
    id: formatFrameId(frame),
    source: cameraSource(frame.cameraId),
    timeUs: frame.capturedAtUs,
    contentType: 'image/jpeg',
  });
  const regions = frame.regions.map((region) => region.map(Math.round).join(' ')).join(',');
  return {
    key: frame.cameraId,
    body: frame.jpeg,
    headers: {
      ...headers,
      ce_camera: frame.cameraId,
      ce_epoch: String(frame.epoch),
      ce_seq: String(frame.seq),
      ce_kind: frame.kind,
      ce_capturedat: String(frame.capturedAtUs),
      ce_gatedat: String(frame.gatedAtUs),
      ce_encodedat: String(frame.encodedAtUs),
      ce_publishedat: String(frame.publishedAtUs),
      ce_objectivems: String(frame.objectiveMs),
      ce_configversion: String(frame.configVersion),
      ce_width: String(frame.width),
      ce_height: String(frame.height),
      ce_sourcewidth: String(frame.sourceWidth),
      ce_sourceheight: String(frame.sourceHeight),
      ce_regions: regions,
      ce_score: decimals(frame.score, 4),
      ce_decodems: decimals(frame.work.decodeMs, 3),
      ce_gatems: decimals(frame.work.gateMs, 3),
      ce_encodems: decimals(frame.work.encodeMs, 3),
      ...(frame.clock && {
        ce_clockoffset: String(frame.clock.offsetUs),
        ce_clockerror: String(frame.clock.errorUs),
      }),
      ...(frame.traceparent === undefined ? {} : { traceparent: frame.traceparent }),
    },
  };
}

const frameIdSchema = frameAttributesSchema.pick({ ce_camera: true, ce_epoch: true, ce_seq: true });

/** Which frame a message's headers speak of; undefined when they speak of none. */
export function frameIdOf(headers: EventMessage['headers']): FrameId | undefined {
  const parsed = frameIdSchema.safeParse(headers);
  if (!parsed.success) return undefined;
  const { ce_camera: cameraId, ce_epoch: epoch, ce_seq: seq } = parsed.data;
  return { cameraId, epoch, seq };
}

/** The headers of a frame that was kept back and is published now. */
export function asBackfill(headers: EventMessage['headers'], publishedAtUs: number): EventMessage['headers'] {
  return { ...headers, ce_kind: 'backfill', ce_publishedat: String(publishedAtUs) };
}

/** @throws ContractError when the message is no frame of a version that this code speaks. */
export function decodeFrame(message: Pick<EventMessage, 'headers' | 'body'>): Frame {
  checkEventType(message.headers, type);
  const parsed = frameAttributesSchema.safeParse(message.headers);
  if (!parsed.success) throw new ContractError('MALFORMED', `frame: ${describeIssues(parsed.error)}`);
  checkBody(message.body);
  const a = parsed.data;
  return {
    cameraId: a.ce_camera,
    epoch: a.ce_epoch,
    seq: a.ce_seq,
    kind: a.ce_kind,
    capturedAtUs: a.ce_capturedat,
    gatedAtUs: a.ce_gatedat,
    encodedAtUs: a.ce_encodedat,
    publishedAtUs: a.ce_publishedat,
    objectiveMs: a.ce_objectivems,
    configVersion: a.ce_configversion,
    width: a.ce_width,
    height: a.ce_height,
    sourceWidth: a.ce_sourcewidth,
    sourceHeight: a.ce_sourceheight,
    regions: a.ce_regions,
    score: a.ce_score,
    work: { decodeMs: a.ce_decodems, gateMs: a.ce_gatems, encodeMs: a.ce_encodems },
    ...(a.ce_clockoffset !== undefined &&
      a.ce_clockerror !== undefined && {
        clock: { offsetUs: a.ce_clockoffset, errorUs: a.ce_clockerror },
      }),
    traceparent: a.traceparent,
    jpeg: message.body,
  };
}

function checkBody(body: Uint8Array): void {
  if (body.byteLength > maxFrameBytes) {
    throw new ContractError('TOO_LARGE', `frame of ${body.byteLength} bytes: at most ${maxFrameBytes}`);
  }
  if (body[0] !== 0xff || body[1] !== 0xd8) {
    throw new ContractError('MALFORMED', 'frame: the body does not start as a JPEG does');
  }
}

function parseRegion(text: string): Region {
  const [x = 0, y = 0, width = 0, height = 0] = text.split(' ').map(Number);
  return [x, y, width, height];
}

function decimals(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
