import type { Tracing } from '@framegate/service-kit';
import { formatTraceparent, parseTraceparent } from '@framegate/service-kit/traceparent';
import type { Published } from './edge-spans.ts';
import { edgeSpans } from './edge-spans.ts';
import type { EdgeFrame, FrameIdentity } from './frame-steps.ts';
import { traceIdsOf } from './trace-ids.ts';

/** Traces of the frames of one edge. */
export interface EdgeTracer {
  /** What goes with the frame's message: the context in which its reader goes on. */
  traceparent(frame: FrameIdentity): string;
  /**
   * The publishing of a frame, with what went with it, has ended. A frame that no broker took is always recorded:
   * nobody else can tell of it.
   * @returns its trace's id where it is recorded
   */
  ended(frame: EdgeFrame & { traceparent?: string | undefined }, published: Published): string | undefined;
}

/** @param correctionUs what the edge's times are to be corrected by, so that a trace has one clock */
export function createEdgeTracer(tracing: Tracing, correctionUs: () => number): EdgeTracer {
  return {
    traceparent(frame) {
      const { traceId, publishSpanId: spanId } = traceIdsOf(frame);
      return formatTraceparent({ traceId, spanId, sampled: tracing.isSampled(traceId) });
    },
    ended(frame, published) {
      const isSampled = parseTraceparent(frame.traceparent ?? '')?.sampled === true;
      if (published.error === undefined && !isSampled) return undefined;
      const ids = traceIdsOf(frame);
      const byUs = correctionUs();
      const spans = edgeSpans(frame, ids, published);
      tracing.record(spans.map((one) => ({ ...one, startUs: one.startUs + byUs, endUs: one.endUs + byUs })));
      return ids.traceId;
    },
  };
}
