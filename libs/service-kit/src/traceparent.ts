/** Where a span stands in a distributed trace: lower-case hexadecimal ids of 16 and 8 bytes, neither all zero. */
export interface TraceContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly sampled: boolean;
}

const pattern = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** The W3C Trace Context header (https://www.w3.org/TR/trace-context/), version 00. */
export function formatTraceparent({ traceId, spanId, sampled }: TraceContext): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;
}

/** Undefined for anything malformed: by the standard, a bad header starts a new trace instead of an error. */
export function parseTraceparent(header: string): TraceContext | undefined {
  const match = pattern.exec(header);
  const [, traceId, spanId, flags, rest] = match ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  if (rest !== undefined && header.startsWith('00')) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}
