import type { Detection, OutcomeName } from '@framegate/contracts';
import { latencyMs } from '@framegate/contracts';
import type { Tracing } from '@framegate/service-kit';
import { formatTraceparent, parseTraceparent } from '@framegate/service-kit/traceparent';
import type { FrameEnd } from './cloud-spans.ts';
import { cloudSpans, emitSpanIdOf } from './cloud-spans.ts';
import { edgeSpans } from './edge-spans.ts';
import type { EdgeFrame } from './frame-steps.ts';
import { traceIdsOf } from './trace-ids.ts';

type ReceivedFrame = EdgeFrame & { readonly traceparent?: string | undefined };

/** A frame whose trace is recorded. */
export interface TracedFrame {
  readonly traceId: string;
  /** What goes with its detection. */
  readonly traceparent: string;
  /** Its way is over. */
  ended(end: FrameEnd): void;
}

/** Traces of the frames that the inference took. */
export interface CloudTracer {
  /** Undefined for a frame whose trace is not recorded. */
  of(frame: ReceivedFrame, outcome: OutcomeName, detection: Detection | undefined): TracedFrame | undefined;
}

/**
 * Late, expired and failed frames are always recorded, others where the edge chose them. Whether a frame is late shows
 * only at its end, so where the edge did not record it, its spans are made here from the times that it brought along.
 */
export function createCloudTracer(tracing: Tracing): CloudTracer {
  return {
    of(frame, outcome, detection) {
      const sent = frame.traceparent === undefined ? undefined : parseTraceparent(frame.traceparent);
      const ids = sent ? { traceId: sent.traceId, publishSpanId: sent.spanId } : traceIdsOf(frame);
      const { traceId } = ids;
      const isRecorded = sent?.sampled ?? tracing.isSampled(traceId);
      if (!isRecorded && !isTrouble(outcome, detection)) return undefined;
      return {
        traceId,
        traceparent: formatTraceparent({ traceId, spanId: emitSpanIdOf(traceId), sampled: true }),
        ended(end) {
          // What comes out of a spool was sent by a process that may not have seen its beginning.
          const isTold = sent?.sampled === true && frame.kind !== 'backfill';
          const edge = isTold ? [] : edgeSpans(frame, ids, { atUs: end.receivedAtUs });
          tracing.record([...edge, ...cloudSpans(frame, ids, end)]);
        },
      };
    },
  };
}

function isTrouble(outcome: OutcomeName, detection: Detection | undefined): boolean {
  if (outcome === 'failed' || outcome === 'expired') return true;
  return detection?.kind === 'live' && latencyMs(detection) > detection.objectiveMs;
}
