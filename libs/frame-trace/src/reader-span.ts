import type { Detection } from '@framegate/contracts';
import { topicNames } from '@framegate/contracts';
import type { SpanRecord } from '@framegate/service-kit';
import { parseTraceparent } from '@framegate/service-kit/traceparent';
import { frameAttributes, messagingAttributes } from './messaging.ts';
import { spanIdOf } from './trace-ids.ts';

/** Who read a detection, and when, µs. */
export interface DetectionReader {
  readonly service: string;
  readonly instance: string;
  readonly startUs: number;
  readonly endUs: number;
}

/** The span of a service that read a detection; undefined where the frame's trace is not recorded. */
export function readerSpan(
  detection: Detection,
  traceparent: string | undefined,
  { service, instance, startUs, endUs }: DetectionReader,
): SpanRecord | undefined {
  const parent = traceparent === undefined ? undefined : parseTraceparent(traceparent);
  if (!parent?.sampled) return undefined;
  const { detections } = topicNames;
  return {
    service,
    traceId: parent.traceId,
    spanId: spanIdOf(parent.traceId, `${service}/${instance}`),
    parentSpanId: parent.spanId,
    kind: 'consumer',
    name: `process ${detections}`,
    startUs,
    endUs,
    attributes: {
      ...messagingAttributes(
        detection,
        detections,
        {
          name: 'process',
          type: 'process',
        },
        {},
      ),
      ...frameAttributes(detection),
    },
  };
}
