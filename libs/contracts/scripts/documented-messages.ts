import type { z } from 'zod';
import { cameraConfigEvent, cameraIntentEvent, siteAnnouncementEvent } from '../src/camera-config.ts';
import { clockReplyEvent, clockRequestEvent } from '../src/clock.ts';
import { detectionEvent } from '../src/detection.ts';
import type { EventMessage, JsonEvent } from '../src/event.ts';
import { encodeFrame, frameAttributesSchema, frameType } from '../src/frame.ts';
import { decisionEvent } from '../src/decision.ts';
import { inferenceConfigEvent } from '../src/inference-config.ts';
import { edgeFatesEvent, outcomeEvent } from '../src/outcome.ts';
import { quarantineMessage } from '../src/quarantine.ts';
import { edgeTelemetryEvent, inferenceTelemetryEvent } from '../src/telemetry.ts';
import * as example from './examples.ts';

interface DocumentedMessage {
  readonly summary: string;
  readonly description: string;
  /** What the message's key is. */
  readonly key: string;
  /** As its codec writes it. */
  readonly example: EventMessage;
}

export interface DocumentedJsonMessage extends DocumentedMessage {
  readonly type: string;
  readonly schema: z.ZodType;
}

const frameExample = encodeFrame(example.frame);

export const frameMessage = {
  type: frameType,
  attributes: frameAttributesSchema,
  summary: 'A frame that left a site',
  description: [
    'The body is a JPEG; all that is known of it stands in headers, so that a reader can decide without decoding.',
    'Times are µs since the Unix epoch by the edge’s clock; with `ce_clockoffset` (µs, true to ±`ce_clockerror`) added',
    'they are the cloud’s. `ce_regions` are the motion boxes in source pixels,',
    '`x y width height` each, separated by commas. `ce_decodems`, `ce_gatems` and `ce_encodems` are what the',
    'edge’s stages worked on this frame, without waiting. Readers deduplicate on (camera, epoch, seq).',
  ].join(' '),
  key: 'Camera id, `<site>/<camera>`',
  example: frameExample,
};

export const quarantinedMessage: DocumentedMessage = {
  summary: 'A message that its reader refused',
  description: [
    'The headers and the key as they came, with `quarantine_*` headers that say where the message lay and why it',
    'was refused. Of the body the first 64 KiB are kept.',
  ].join(' '),
  key: 'As it came',
  example: quarantineMessage(
    { ...frameExample, topic: 'framegate.frames.south', partition: 2, offset: 1234n },
    { code: 'FOREIGN_CAMERA', message: 'camera north/door may not write to framegate.frames.south' },
  ),
};

/** Every event with a JSON body, by the name of its message in the document. */
export const jsonMessages: Readonly<Record<string, DocumentedJsonMessage>> = {
  detection: describe(detectionEvent, example.detection, {
    summary: 'What was found in one frame',
    description: [
      'One for each analysed frame, also when nothing was found. Boxes are `x, y, width, height` in source pixels.',
      '`timesUs` says when each stage ended, by the cloud’s clock; `clock` is what the edge’s times, up to',
      '`published`, were corrected by where it exceeds its error.',
      '`workMs` is what each stage worked on the frame; the rest of the latency is overhead.',
      'Where the frame’s trace is recorded, the header `traceparent` (W3C) is the context to go on from.',
      'At least once: readers deduplicate on (cameraId, epoch, seq).',
    ].join(' '),
    key: 'Camera id',
  }),
  outcome: describe(outcomeEvent, example.outcome, {
    summary: 'What became of one received frame',
    description: [
      'Sent after the detection, if there is one. Where two outcomes of a frame are found,',
      'analysed counts before failed, failed before expired, expired before superseded.',
    ].join(' '),
    key: 'Camera id',
  }),
  edgeFates: describe(edgeFatesEvent, example.edgeFates, {
    summary: 'What became of a camera’s frames at the edge',
    description: [
      'Run-length, each second: `[from, to, fate]` with both sequence numbers included. Records of an epoch are',
      'numbered from 1; `final` says that no frame of the epoch is still under way. `spooled` frames wait on the',
      'site’s disk and get their fate in a later record, perhaps of a later process.',
    ].join(' '),
    key: 'Camera id',
  }),
  cameraIntent: describe(cameraIntentEvent, example.intent, {
    summary: 'What an operator wants of a camera',
    description: [
      'Polygons are fractions (0..1) of the picture’s width and height. Privacy masks are blacked out before',
      'encoding; motion masks only silence the gate. A lower `revision` than the known one is passed over.',
    ].join(' '),
    key: 'Camera id',
  }),
  cameraConfig: describe(cameraConfigEvent, example.config, {
    summary: 'What a camera obeys',
    description: [
      'Compared as (token, version): the higher one wins, so a deposed controller can’t undo its successor.',
      'Every frame carries the version that it was taken under, and `objectiveMs` where there is one, else its intent’s.',
    ].join(' '),
    key: 'Camera id',
  }),
  inferenceConfig: describe(inferenceConfigEvent, example.inferenceConfig, {
    summary: 'What every instance of the inference obeys',
    description:
      'Batch and workers of each model; compared as (token, version) like the cameras’ configurations.',
    key: '`inference`',
  }),
  decision: describe(decisionEvent, example.decision, {
    summary: 'One change of the controller',
    description: [
      'What was seen (`value` against `objective` of the SLO), what is blamed (`cause` at `at`), which lever was moved',
      'for whom, from where to where. `reason` says it in a sentence. What was not measured is null.',
    ].join(' '),
    key: 'Lever',
  }),
  site: describe(siteAnnouncementEvent, example.site, {
    summary: 'A site says which cameras it has',
    description: 'Sources are described without credentials.',
    key: 'Site',
  }),
  clockRequest: describe(clockRequestEvent, example.clockRequest, {
    summary: 'A site asks what time it is in the cloud',
    description: '`sentAtUs` is by the site’s own clock.',
    key: 'Site',
  }),
  clockReply: describe(clockReplyEvent, example.clockReply, {
    summary: 'The cloud’s time',
    description:
      'The question as it came, and when it was received and answered by the cloud’s clock. With the time at which the answer arrives the site knows its offset to half of the round trip.',
    key: 'Site',
  }),
  edgeTelemetry: describe(edgeTelemetryEvent, example.edgeTelemetry, {
    summary: 'What an edge counts, each second',
    description: [
      'Counts since the start of the camera’s epoch:',
      '`captured = stopped + sampledOut + published + backfilled + spooled + held + encoding + sum(discarded)`.',
      '`spooled`, `held` and `encoding` are gauges, all others are final.',
    ].join(' '),
    key: 'Site',
  }),
  inferenceTelemetry: describe(inferenceTelemetryEvent, example.inferenceTelemetry, {
    summary: 'What an inference instance counts, each second',
    description: [
      'Counts since the start of the instance: `delivered = duplicates + quarantined + received` and',
      '`received = analysed + superseded + expired + failed + inFlight`; `inFlight` is a gauge.',
    ].join(' '),
    key: 'Instance',
  }),
};

function describe<T>(
  { type, schema, encode }: JsonEvent<T>,
  value: T,
  prose: Omit<DocumentedMessage, 'example'>,
): DocumentedJsonMessage {
  return { ...prose, type, schema, example: encode(value) };
}
