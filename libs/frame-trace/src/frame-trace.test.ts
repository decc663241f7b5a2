import type { Detection, Frame } from '@framegate/contracts';
import type { SpanRecord, Tracing } from '@framegate/service-kit';
import { describe, expect, it } from 'vitest';
import { createCloudTracer, createEdgeTracer, readerSpan } from './index.ts';
import { traceIdsOf } from './trace-ids.ts';

const startUs = 1.7e15;
const frame: Frame = {
  cameraId: 'north/door',
  epoch: 5,
  seq: 7,
  kind: 'live',
  objectiveMs: 500,
  configVersion: 3,
  capturedAtUs: startUs,
  gatedAtUs: startUs + 12e3,
  encodedAtUs: startUs + 2e4,
  publishedAtUs: startUs + 21e3,
  width: 640,
  height: 360,
  sourceWidth: 1280,
  sourceHeight: 720,
  regions: [],
  score: 0.5,
  work: {
    decodeMs: 4,
    gateMs: 2,
    encodeMs: 6,
  },
  jpeg: Uint8Array.of(255, 216),
};

function detectionAfter(latencyMs: number): Detection {
  const { cameraId, epoch, seq, kind, objectiveMs, configVersion, sourceWidth, sourceHeight } = frame;
  const inferred = startUs + latencyMs * 1000;
  return {
    cameraId,
    epoch,
    seq,
    kind,
    objectiveMs,
    configVersion,
    sourceWidth,
    sourceHeight,
    model: {
      id: 'm',
      sha256: '',
    },
    objects: [],
    gate: {
      score: 0.5,
      regions: [],
    },
    frameBytes: 2,
    batchSize: 1,
    timesUs: {
      captured: startUs,
      gated: startUs + 12e3,
      encoded: startUs + 2e4,
      published: startUs + 21e3,
      received: startUs + 3e4,
      started: startUs + 4e4,
      inferred,
      emitted: inferred,
    },
    workMs: {
      decode: 4,
      gate: 2,
      encode: 6,
      jpegDecode: 3,
      inference: 20,
    },
  };
}

function recorder(rate: 0 | 1) {
  const spans: SpanRecord[] = [];
  const tracing: Tracing = {
    isSampled: () => rate === 1,
    record: (some) => void spans.push(...some),
    close: () => Promise.resolve(),
  };
  return { spans, tracing };
}

/** What edge and cloud record of a frame: the edge samples by `rate`, its broker answers after 4 ms. */
function wayOf(rate: 0 | 1, latencyMs: number): SpanRecord[] {
  const { spans, tracing } = recorder(rate);
  const edge = createEdgeTracer(tracing, () => 0);
  const sent = { ...frame, traceparent: edge.traceparent(frame) };
  edge.ended(sent, { atUs: startUs + 25_000, stored: { partition: 2, offset: 9n } });
  const detection = detectionAfter(latencyMs);
  const traced = createCloudTracer(tracing).of(sent, 'analysed', detection);
  const [receivedAtUs, endedAtUs] = [startUs + 30_000, startUs + latencyMs * 1000];
  traced?.ended({ receivedAtUs, outcome: 'analysed', detection, endedAtUs, toldAtUs: endedAtUs + 1000 });
  const reader = { service: 'controller', instance: 'a', startUs: endedAtUs + 2000, endUs: endedAtUs + 2100 };
  const span = readerSpan(detection, traced?.traceparent, reader);
  return span ? [...spans, span] : spans;
}

/** Each span with the chain of its parents, as `frame/gate`. */
function paths(spans: readonly SpanRecord[]): string[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const pathOf = (span: SpanRecord): string => {
    const parent = span.parentSpanId === undefined ? undefined : byId.get(span.parentSpanId);
    if (!parent) return span.parentSpanId === undefined ? span.name : `?/${span.name}`;
    return `${pathOf(parent)} > ${span.name}`;
  };
  return spans.map((span) => `${span.service}: ${pathOf(span)}`);
}

const publish = 'frame > publish framegate.frames.{site}';
const consume = `${publish} > process framegate.frames.{site}`;
const whole = [
  'motion-detection: frame',
  'motion-detection: frame > capture',
  'motion-detection: frame > gate',
  'motion-detection: frame > encode',
  `motion-detection: ${publish}`,
  `inference: ${consume}`,
  `inference: ${consume} > wait`,
  `inference: ${consume} > infer`,
  `inference: ${consume} > publish framegate.detections`,
  `controller: ${consume} > publish framegate.detections > process framegate.detections`,
];

describe('the trace of a frame', () => {
  it('leads from capture through every stage to whoever reads its detection', () => {
    const spans = wayOf(1, 300);
    expect(paths(spans)).toEqual(whole);
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([traceIdsOf(frame).traceId]));
  });

  it('has its stages one behind the other, as long as they took', () => {
    const ms = (us: number): number => (us - startUs) / 1000;
    const times = wayOf(1, 300).map(({ name, startUs: from, endUs }) => [name, ms(from), ms(endUs)]);
    expect(times).toEqual([
      ['frame', 0, 25],
      ['capture', 0, 10],
      ['gate', 10, 12],
      ['encode', 12, 20],
      ['publish framegate.frames.{site}', 20, 25],
      ['process framegate.frames.{site}', 30, 301],
      ['wait', 30, 40],
      ['infer', 40, 300],
      ['publish framegate.detections', 300, 301],
      ['process framegate.detections', 302, 302.1],
    ]);
  });

  it('is not recorded at rate 0 while the frame is on time', () => {
    expect(wayOf(0, 300)).toEqual([]);
  });

  it('is whole at rate 0 for a late frame, with the same ids that the edge would have given', () => {
    const late = wayOf(0, 700);
    expect(paths(late)).toEqual(whole);
    const ids = (spans: readonly SpanRecord[]) => spans.map(({ traceId, spanId }) => [traceId, spanId]);
    expect(ids(late)).toEqual(ids(wayOf(1, 700)));
  });

  it('tells at rate 0 of a frame that no broker took, and names its fate as the error', () => {
    const { spans, tracing } = recorder(0);
    const traceId = createEdgeTracer(tracing, () => 0).ended(frame, {
      atUs: startUs + 9e6,
      error: 'discarded:busAway',
    });
    expect(traceId).toBe(traceIdsOf(frame).traceId);
    expect(spans.filter(({ error }) => error === 'discarded:busAway').map(({ name }) => name)).toEqual([
      'frame',
      'publish framegate.frames.{site}',
    ]);
  });

  it.each(['failed', 'expired'] as const)(
    'is always recorded for a frame that %s, with its wait',
    (outcome) => {
      const { spans, tracing } = recorder(0);
      const traced = createCloudTracer(tracing).of(frame, outcome, undefined);
      traced?.ended({ receivedAtUs: startUs, outcome, endedAtUs: startUs + 5e5, toldAtUs: startUs + 6e5 });
      const consumer = spans.find(({ kind }) => kind === 'consumer');
      expect(consumer).toMatchObject({ error: outcome, attributes: { 'framegate.outcome': outcome } });
      expect(spans.map(({ name }) => name)).toContain('wait');
    },
  );

  it('of a frame from the spool is whole as well, with its way over the topic for those', () => {
    const { spans, tracing } = recorder(1);
    const traceparent = createEdgeTracer(tracing, () => 0).traceparent(frame);
    const late = { ...frame, kind: 'backfill', traceparent } as const;
    const detection = { ...detectionAfter(9000), kind: 'backfill' } as const;
    const traced = createCloudTracer(tracing).of(late, 'analysed', detection);
    const [receivedAtUs, endedAtUs] = [startUs + 8.9e6, startUs + 9e6];
    traced?.ended({ receivedAtUs, outcome: 'analysed', detection, endedAtUs, toldAtUs: endedAtUs });
    expect(paths(spans).slice(0, 6)).toEqual([
      ...whole.slice(0, 4),
      'motion-detection: frame > publish framegate.backfill.{site}',
      'inference: frame > publish framegate.backfill.{site} > process framegate.backfill.{site}',
    ]);
  });

  it('of an edge whose clock differs is on the clock of the cloud', () => {
    const { spans, tracing } = recorder(1);
    const sampled = { ...frame, traceparent: createEdgeTracer(tracing, () => 0).traceparent(frame) };
    createEdgeTracer(tracing, () => -2e6).ended(sampled, { atUs: startUs + 25_000 });
    expect(spans[0]).toMatchObject({ startUs: startUs - 2e6, endUs: startUs + 25_000 - 2e6 });
  });

  it('goes on from the context of another sender, and begins anew where that is malformed', () => {
    const { tracing } = recorder(0);
    const tracer = createCloudTracer(tracing);
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const foreign = { ...frame, traceparent: `00-${traceId}-b7ad6b7169203331-01` };
    expect(tracer.of(foreign, 'analysed', undefined)?.traceId).toBe(traceId);
    expect(tracer.of({ ...frame, traceparent: 'nonsense' }, 'failed', undefined)?.traceId).toBe(
      traceIdsOf(frame).traceId,
    );
  });

  it('describes its messages as the conventions for messaging want it', () => {
    const sent = wayOf(1, 300).find(({ kind }) => kind === 'producer');
    expect(sent?.attributes).toEqual({
      'messaging.system': 'kafka',
      'messaging.operation.name': 'publish',
      'messaging.operation.type': 'send',
      'messaging.destination.name': 'framegate.frames.north',
      'messaging.destination.template': 'framegate.frames.{site}',
      'messaging.destination.partition.id': '2',
      'messaging.kafka.offset': 9,
      'messaging.kafka.message.key': 'north/door',
      'messaging.message.id': 'north/door/5/7',
      'messaging.message.body.size': 2,
    });
  });
});
