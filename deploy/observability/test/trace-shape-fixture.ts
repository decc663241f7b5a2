import type { ReceivedSpan } from './otlp-receiver-fixture.ts';

const publish = 'frame > publish framegate.frames.{site}';
const process = `${publish} > process framegate.frames.{site}`;
const emit = `${process} > publish framegate.detections`;

/** The whole trace of a frame, as `shapeOf` tells it. */
export const wholeTrace: readonly string[] = [
  'motion-detection: frame',
  'motion-detection: frame > capture',
  'motion-detection: frame > gate',
  'motion-detection: frame > encode',
  `motion-detection: ${publish}`,
  `inference: ${process}`,
  `inference: ${process} > wait`,
  `inference: ${process} > infer`,
  `inference: ${emit}`,
  `controller: ${emit} > process framegate.detections`,
].toSorted();

/** Each span of a trace by its service, with the chain of its parents. */
export function shapeOf(spans: readonly ReceivedSpan[]): string[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const pathOf = ({ name, parentSpanId = '' }: ReceivedSpan): string => {
    const parent = byId.get(parentSpanId);
    return parentSpanId === '' ? name : `${parent ? pathOf(parent) : 'unknown'} > ${name}`;
  };
  return spans.map((span) => `${span.service}: ${pathOf(span)}`).toSorted();
}

export function tracesOf(spans: readonly ReceivedSpan[]): ReceivedSpan[][] {
  return [...Map.groupBy(spans, ({ traceId }) => traceId).values()];
}
