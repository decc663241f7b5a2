import { hash } from 'node:crypto';
import { formatFrameId } from '@framegate/contracts';
import type { FrameIdentity } from './frame-steps.ts';

/** Lower-case hexadecimal, as W3C Trace Context has them. */
export interface FrameTraceIds {
  readonly traceId: string;
  /** Of the span in which the edge publishes the frame: it goes with the message. */
  readonly publishSpanId: string;
}

/**
 * The ids of a frame's trace, from the frame's id: whoever knows camera, epoch and seq finds its trace, and a service
 * that must tell of another's work after the fact gives its spans the ids that the other would have given.
 * A hash is never all zero in practice, which the standard forbids.
 */
export function traceIdsOf(frame: FrameIdentity): FrameTraceIds {
  const digits = hash('sha256', formatFrameId(frame));
  return { traceId: digits.slice(0, 32), publishSpanId: digits.slice(32, 48) };
}

/** The span of another step in a trace. */
export function spanIdOf(traceId: string, step: string): string {
  return hash('sha256', `${traceId}/${step}`).slice(0, 16);
}
