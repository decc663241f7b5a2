import type { Detection, EdgeTelemetry, EventMessage, Outcome, OutcomeName } from '@framegate/contracts';
import {
  cloudTopics,
  detectionEvent,
  edgeTelemetryEvent,
  inferenceTelemetryEvent,
  outcomeEvent,
  siteTelemetryTopic,
  siteTopics,
  topicNames,
} from '@framegate/contracts';
import { emptyCloudCounts, emptyEdgeCounts } from '@framegate/frame-ledger';
import type { Producer } from '@framegate/message-bus';
import { InProcessBus } from '@framegate/message-bus';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunObserver } from '../src/index.ts';
import { observeRun, runReport } from '../src/index.ts';
import { detectionOf } from './detection-fixture.ts';

let bus: InProcessBus;
let producer: Producer;
let run: RunObserver;
let nowUs: number;

beforeEach(async () => {
  bus = new InProcessBus();
  nowUs = 0;
  await bus.ensureTopics([...cloudTopics(2), ...siteTopics('s', 2), ...siteTopics('other', 2)]);
  producer = await bus.producer();
  run = await observeRun(bus, { nowUs: () => nowUs, site: 's', instance: 'i' });
});
afterEach(() => bus.close());

async function detected(detection: Detection): Promise<void> {
  await producer.send(topicNames.detections, detectionEvent.encode(detection));
}

async function ended(seq: number, outcome: OutcomeName, change: Partial<Outcome> = {}): Promise<void> {
  const record: Outcome = {
    cameraId: 's/a',
    epoch: 1,
    seq,
    kind: 'live',
    capturedAtUs: 0,
    objectiveMs: 500,
    atUs: 0,
    outcome,
    ...change,
  };
  await producer.send(topicNames.outcomes, outcomeEvent.encode(record));
}

async function edgeCounted(epoch: number, published: number, site = 's'): Promise<void> {
  const counts = { ...emptyEdgeCounts(), captured: published * 4, stopped: published * 3, published };
  const camera = {
    cameraId: `${site}/a`,
    epoch,
    state: 'online' as const,
    reason: '',
    sourceWidth: 640,
    sourceHeight: 360,
    configVersion: 1,
    publishedBytes: published * 100,
    counts,
  };
  const telemetry = { site, instance: 'edge', atUs: nowUs, cameras: [camera] };
  await producer.send(siteTelemetryTopic(site), edgeTelemetryEvent.encode(telemetry));
}

async function cloudCounted(instance: string, analysed: number): Promise<void> {
  const counts = { ...emptyCloudCounts(), delivered: analysed, received: analysed, analysed };
  const rest = { model: 'm', mailboxDepth: 0, headAgeMs: 0, serviceMs: 0 };
  const telemetry = { instance, atUs: nowUs, counts, ...rest };
  await producer.send(topicNames.telemetry, inferenceTelemetryEvent.encode(telemetry));
}

describe('a run as its topics show it', () => {
  it('goes on with the counts of an epoch whose frames later processes find in the spool', async () => {
    const telemetryOf = (change: Partial<EdgeTelemetry>) =>
      edgeTelemetryEvent.encode({ site: 's', instance: 'e', atUs: 0, cameras: [], ...change });
    const tell = async (change: Partial<EdgeTelemetry>): Promise<void> => {
      await producer.send(siteTelemetryTopic('s'), telemetryOf(change));
    };
    const left = (found: number, backfilled: number, earlier = { cameraId: 's/a', epoch: 1 }) => ({
      ...earlier,
      publishedBytes: backfilled * 10,
      counts: { ...emptyEdgeCounts(), captured: found, backfilled, spooled: found - backfilled },
    });
    await edgeCounted(1, 2);
    await tell({ earlier: [left(5, 0)] });
    await tell({ earlier: [left(5, 3)] });
    await tell({ earlier: [left(2, 1)] });
    await run.caughtUp();
    expect(run.edge()).toMatchObject({ captured: 13, published: 2, stopped: 6, backfilled: 4, spooled: 1 });
  });

  it('counts a detection once that is told twice', async () => {
    const heard: number[] = [];
    run.onDetection(({ seq }) => heard.push(seq));
    for (const seq of [1, 2, 1, 2]) await detected(detectionOf({ seq, latencyMs: seq * 100 }));
    await run.caughtUp();
    expect(heard).toEqual([1, 2]);
    expect(run.latencies.total.count).toBe(2);
  });

  it('takes a frame as due once whose outcome is told twice', async () => {
    await detected(detectionOf({ seq: 1 }));
    for (const outcome of ['analysed', 'analysed', 'superseded'] as const) await ended(1, outcome);
    await ended(2, 'expired');
    await run.caughtUp();
    expect(run.slo()).toMatchObject({ due: 2, onTime: 1, onTimeShare: 0.5 });
  });

  it('leaves frames without deadline out of latency and promise, and shows their objects', async () => {
    await detected(detectionOf({ seq: 1, kind: 'keepalive', latencyMs: 9000, classes: ['car'] }));
    await ended(1, 'analysed', { kind: 'keepalive' });
    await run.caughtUp();
    expect(run.latencies.total.count).toBe(0);
    expect(run.slo().due).toBe(0);
    expect(run.cameras()[0]?.objects).toEqual({ car: 1 });
  });

  it('sums the epochs of a camera, and takes the newest counts of each', async () => {
    for (const [epoch, published] of [[1, 5], [1, 10], [2, 1]] as const) await edgeCounted(epoch, published); // prettier-ignore
    await run.caughtUp();
    expect(run.edge()).toMatchObject({ captured: 44, stopped: 33, published: 11 });
    expect(run.publishedBytes()).toBe(1100);
  });

  it('passes other sites, other instances and garbage by', async () => {
    await edgeCounted(1, 3);
    await cloudCounted('i', 3);
    await edgeCounted(1, 100, 'other');
    await cloudCounted('another', 100);
    await detected(detectionOf({ seq: 1, cameraId: 'other/a' }));
    await ended(1, 'failed', { cameraId: 'other/a' });
    const garbage: EventMessage = {
      key: 'x',
      headers: { ce_type: 'io.framegate.detection.v1' },
      body: new TextEncoder().encode('{'),
    };
    await producer.send(topicNames.detections, garbage);
    await producer.send(topicNames.outcomes, { ...garbage, headers: { ce_type: 'io.framegate.outcome.v2' } });
    await run.caughtUp();
    expect(run.edge().published).toBe(3);
    expect(run.cloud().analysed).toBe(3);
    expect(run.slo().due).toBe(0);
    expect(run.cameras().map(({ cameraId }) => cameraId)).toEqual(['s/a']);
  });

  it('comes out as a framegate.report/1 document with every field that checks rely on', async () => {
    await edgeCounted(1, 2);
    await cloudCounted('i', 2);
    await detected(detectionOf({ seq: 1, latencyMs: 100, workMs: { inference: 60 } }));
    await detected(detectionOf({ seq: 2, latencyMs: 700, workMs: { inference: 60 } }));
    await ended(1, 'analysed');
    await ended(2, 'analysed');
    await run.caughtUp();
    nowUs = 60e6;
    const options = { objectiveMs: 500, target: 0.95, startedAtUs: 0, endedAtUs: 10e6 };
    const report = runReport(run, { kind: 'demo', environment: { cores: 2 }, ...options });
    expect(report).toMatchObject({
      schema: 'framegate.report/1',
      kind: 'demo',
      startedAt: '1970-01-01T00:00:00.000Z',
      durationSeconds: 10,
      environment: { cores: 2 },
      ledger: { balanced: true, unknownAtCrash: 0, bus: { onBus: 0, expiredOnBus: 0 } },
      slo: { objectiveMs: 500, target: 0.95, due: 2, onTimeShare: 0.5, violationSeconds: 1 },
      bandwidth: { publishedBytes: 200, fullRateBytes: 800 },
      latencyMs: { count: 2, max: 700 },
      decisions: [],
      results: [{ cameraId: 's/a' }],
    });
    expect(report.latencyMs.p50).toBeCloseTo(100, -1);
    expect(report.latencyMs.overhead.p50).toBeCloseTo(40, -1);
    expect(Object.keys(report.latencyMs.byStage)).toContain('inference');
  });
});
