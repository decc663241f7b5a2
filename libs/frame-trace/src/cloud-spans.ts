import type { Detection, Frame, OutcomeName } from '@framegate/contracts';
import { topicNames } from '@framegate/contracts';
import type { SpanRecord } from '@framegate/service-kit';
import type { FrameIdentity } from './frame-steps.ts';
import { frameAttributes, messagingAttributes, topicOf } from './messaging.ts';
import type { FrameTraceIds } from './trace-ids.ts';
import { spanIdOf } from './trace-ids.ts';

const service = 'inference';

/** What became of a received frame, µs by the cloud's clock. */
export interface FrameEnd {
  readonly receivedAtUs: number;
  readonly outcome: OutcomeName;
  /** Why it failed. */
  readonly reason?: string | undefined;
  readonly detection?: Detection | undefined;
  /** When it had its outcome. */
  readonly endedAtUs: number;
  /** When the bus had that. */
  readonly toldAtUs: number;
}

/** The span in which a detection is sent; readers of it go on from there. */
export function emitSpanIdOf(traceId: string): string {
  return spanIdOf(traceId, 'emit');
}

/**
 * The spans of a frame's way through the cloud: `process`, a child of the publishing span of the edge, and below it
 * wait, infer and the publishing of the detection.
 */
export function cloudSpans(
  frame: FrameIdentity & Pick<Frame, 'kind'>,
  { traceId, publishSpanId }: FrameTraceIds,
  end: FrameEnd,
): SpanRecord[] {
  const { receivedAtUs, outcome, detection, endedAtUs, toldAtUs } = end;
  const process = spanIdOf(traceId, 'process');
  const error =
    outcome === 'failed' ? (end.reason ?? 'failed') : outcome === 'expired' ? 'expired' : undefined;
  const failed = error === undefined ? {} : { error };
  const { topic, template } = topicOf(frame);
  const startedAtUs = detection?.timesUs.started ?? endedAtUs;
  const spans: SpanRecord[] = [
    {
      service,
      traceId,
      spanId: process,
      parentSpanId: publishSpanId,
      kind: 'consumer',
      ...failed,
      name: `process ${template}`,
      startUs: receivedAtUs,
      endUs: toldAtUs,
      attributes: {
        ...messagingAttributes(
          frame,
          topic,
          {
            name: 'process',
            type: 'process',
          },
          { template },
        ),
        ...frameAttributes(frame),
        'framegate.outcome': outcome,
        ...(error === undefined ? {} : { 'error.type': error }),
        ...lateness(detection),
      },
    },
    {
      service,
      traceId,
      spanId: spanIdOf(traceId, 'wait'),
      parentSpanId: process,
      kind: 'internal',
      name: 'wait',
      startUs: receivedAtUs,
      endUs: startedAtUs,
      attributes: {},
    },
  ];
  return detection ? [...spans, ...resultSpans(frame, traceId, process, detection, toldAtUs)] : spans;
}

function resultSpans(
  frame: FrameIdentity,
  traceId: string,
  process: string,
  detection: Detection,
  toldAtUs: number,
): SpanRecord[] {
  const { timesUs, workMs, model, batchSize, objects } = detection;
  const { detections } = topicNames;
  return [
    {
      service,
      traceId,
      spanId: spanIdOf(traceId, 'infer'),
      parentSpanId: process,
      kind: 'internal',
      name: 'infer',
      startUs: timesUs.started,
      endUs: timesUs.inferred,
      attributes: {
        'framegate.model': model.id,
        'framegate.batch_size': batchSize,
        'framegate.jpeg_decode_ms': workMs.jpegDecode,
        'framegate.inference_ms': workMs.inference,
        'framegate.objects': objects.length,
      },
    },
    {
      service,
      traceId,
      spanId: emitSpanIdOf(traceId),
      parentSpanId: process,
      kind: 'producer',
      name: `publish ${detections}`,
      startUs: timesUs.inferred,
      endUs: toldAtUs,
      attributes: messagingAttributes(
        frame,
        detections,
        {
          name: 'publish',
          type: 'send',
        },
        {},
      ),
    },
  ];
}

/** Only live frames have an objective. */
function lateness(detection: Detection | undefined): Record<string, number | boolean> {
  if (detection?.kind !== 'live') return {};
  const { timesUs, objectiveMs } = detection;
  const latencyMs = (timesUs.inferred - timesUs.captured) / 1000;
  return { 'framegate.latency_ms': latencyMs, 'framegate.late': latencyMs > objectiveMs };
}
