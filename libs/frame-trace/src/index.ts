export type { CloudTracer, TracedFrame } from './cloud-tracer.ts';
export { createCloudTracer } from './cloud-tracer.ts';
export type { EdgeTracer } from './edge-tracer.ts';
export { createEdgeTracer } from './edge-tracer.ts';
export { readerSpan } from './reader-span.ts';
