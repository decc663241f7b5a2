import type { SpanRecord } from '@framegate/service-kit';
import type { EdgeFrame } from './frame-steps.ts';
import type { Stored } from './messaging.ts';
import { frameAttributes, messagingAttributes, topicOf } from './messaging.ts';
import type { FrameTraceIds } from './trace-ids.ts';
import { spanIdOf } from './trace-ids.ts';

const service = 'motion-detection';

/** How publishing ended, µs: known from the broker's answer, or at latest when the frame was received. */
export interface Published {
  readonly atUs: number;
  readonly stored?: Stored | undefined;
  /** The fate of a frame that no broker took. */
  readonly error?: string | undefined;
}

/** The spans of a frame's way through the edge: the root `frame`, and below it capture, gate, encode and publish. */
export function edgeSpans(
  frame: EdgeFrame,
  { traceId, publishSpanId }: FrameTraceIds,
  published: Published,
): SpanRecord[] {
  const { capturedAtUs, gatedAtUs, encodedAtUs, work } = frame;
  const root = spanIdOf(traceId, 'frame');
  const failed = published.error === undefined ? {} : { error: published.error };
  const step = (
    name: string,
    startUs: number,
    endUs: number,
    attributes: SpanRecord['attributes'],
  ): SpanRecord => ({
    service,
    traceId,
    spanId: spanIdOf(traceId, name),
    parentSpanId: root,
    name,
    kind: 'internal',
    startUs,
    endUs,
    attributes,
  });
  const gateFromUs = Math.max(capturedAtUs, gatedAtUs - work.gateMs * 1000);
  const { topic, template } = topicOf(frame);
  const message = { bytes: frame.jpeg.byteLength, template, stored: published.stored };
  return [
    {
      service,
      traceId,
      spanId: root,
      name: 'frame',
      kind: 'internal',
      startUs: capturedAtUs,
      endUs: published.atUs,
      ...failed,
      attributes: {
        ...frameAttributes(frame),
        'framegate.kind': frame.kind,
        'framegate.objective_ms': frame.objectiveMs,
        'framegate.config_version': frame.configVersion,
      },
    },
    step('capture', capturedAtUs, gateFromUs, { 'framegate.decode_ms': work.decodeMs }),
    step('gate', gateFromUs, gatedAtUs, { 'framegate.score': frame.score }),
    step('encode', gatedAtUs, encodedAtUs, {
      'framegate.encode_ms': work.encodeMs,
      'framegate.width': frame.width,
      'framegate.height': frame.height,
    }),
    {
      ...step(`publish ${template}`, encodedAtUs, published.atUs, {
        ...messagingAttributes(frame, topic, { name: 'publish', type: 'send' }, message),
        ...(published.error === undefined ? {} : { 'error.type': published.error }),
      }),
      ...failed,
      spanId: publishSpanId,
      kind: 'producer',
    },
  ];
}
