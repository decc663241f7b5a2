import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CameraIntent, EdgeFates, EdgeTelemetry, Frame } from '@framegate/contracts';
import {
  backfillTopic,
  cloudTopics,
  decodeFrame,
  edgeFatesEvent,
  formatFrameId,
  framesTopic,
  siteTopics,
  topicNames,
} from '@framegate/contracts';
import { edgeBalance } from '@framegate/frame-ledger';
import { InProcessBroker, InProcessBus } from '@framegate/message-bus';
import { createScene } from '@framegate/scene';
import { createClock, startTicker } from '@framegate/service-kit';
import { eventually } from '@framegate/test-kit';
import { openWriter } from '@framegate/video-source';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EdgeSite } from '../src/index.ts';
import { createEdgeMemory, startEdgeSite } from '../src/index.ts';

const intent: CameraIntent = {
  cameraId: 's/a',
  revision: 0,
  motionMasks: [],
  privacyMasks: [],
  zones: [],
  classes: [],
  objectiveMs: 500,
  preRollSeconds: 0,
  postRollSeconds: 60,
  keepAliveSeconds: 0,
  wanted: { framesPerSecond: 10, width: 320, quality: 80, motionSensitivity: 50, model: 'm' },
};
const memory = createEdgeMemory();
const patience = { timeoutMs: 40_000 };
let folder: string;
let clip: string;
let broker: InProcessBroker;
let bus: InProcessBus;
let live: Frame[];
let backfill: Frame[];
let fates: EdgeFates[];
let trouble: string[];
let edge: EdgeSite | undefined;
let unbalanced: EdgeTelemetry[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'framegate-'));
  clip = join(folder, 'clip.mp4');
  const scene = createScene({ name: 'plaza', seed: 3, width: 320, height: 180, framesPerSecond: 10 });
  const writer = await openWriter(clip, { width: 320, height: 180, framesPerSecond: 10 });
  for (let i = 0; i < 60; i++) writer.write(scene.render(i));
  await writer.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  broker = new InProcessBroker();
  bus = new InProcessBus({ broker });
  [live, backfill, fates, trouble, unbalanced] = [[], [], [], [], []];
  await bus.ensureTopics([...cloudTopics(1), ...siteTopics('s', 1)]);
  await bus.subscribe({
    topics: [framesTopic('s'), backfillTopic('s'), topicNames.outcomes],
    group: null,
    from: 'earliest',
    handler: async (delivery) => {
      if (delivery.topic === topicNames.outcomes) fates.push(edgeFatesEvent.decode(delivery));
      else (delivery.topic === framesTopic('s') ? live : backfill).push(decodeFrame(delivery));
    },
  });
});
afterEach(async () => {
  await edge?.close();
  await bus.close();
  rmSync(join(folder, 'spool'), { recursive: true, force: true });
});

async function start(change: { maxBytes?: number; backfillBytesPerSecond?: number } = {}): Promise<EdgeSite> {
  const spool = {
    folder: join(folder, 'spool'),
    maxBytes: 1e8,
    maxAgeMs: 1e7,
    sync: 'never',
    backfillBytesPerSecond: 1e7,
    ...change,
  } as const;
  const site = await startEdgeSite({
    site: 's',
    timezone: 'UTC',
    instance: 'i',
    bus,
    clock: createClock(),
    loop: true,
    memory,
    spool,
    pace: 'realtime',
    lossless: false,
    configWaitMs: 0,
    cameras: [{ source: { kind: 'file', path: clip }, intent }],
    observer: {
      onStatus: () => {},
      onFate: () => {},
      onSent: () => {},
      onRefused: () => {},
      onUntold: () => {},
      onSpoolTrouble: (message) => trouble.push(message),
    },
  });
  const check = startTicker(
    20,
    async () => {
      const telemetry = site.telemetry();
      const all = [...telemetry.cameras, ...(telemetry.earlier ?? [])];
      if (all.some(({ counts }) => edgeBalance(counts) !== 0)) unbalanced.push(telemetry);
    },
    () => {},
  );
  const reports = startTicker(
    500,
    () => site.report(),
    () => {},
  );
  edge = {
    ...site,
    async close() {
      edge = undefined;
      await site.close();
      await Promise.all([check.stop(), reports.stop()]);
    },
  };
  return edge;
}

const spooled = (site: EdgeSite): number => site.telemetry().spool?.frames ?? 0;
const untilSpooled = (site: EdgeSite, frames: number): Promise<unknown> =>
  eventually(() => spooled(site) >= frames, patience);
const ids = (frames: readonly Frame[]): string[] => frames.map(formatFrameId);
/** Every frame that the records say was sent is in its topic, and nothing else but what they say. */
function expectExactDelivery(): void {
  const sent = new Map<string, Set<string>>();
  for (const { cameraId, epoch, runs } of fates)
    for (const [from, to, fate] of runs)
      for (let seq = from; seq <= to; seq++)
        sent.set(fate, (sent.get(fate) ?? new Set()).add(formatFrameId({ cameraId, epoch, seq })));
  const published = sent.get('published') ?? new Set();
  const backfilled = sent.get('backfilled') ?? new Set();
  expect(backfilled).toEqual(new Set(ids(backfill)));
  // One that was under way when its process stopped may have arrived, and comes again: readers know its id.
  expect(published).toEqual(new Set(ids(live)).difference(backfilled));
  expect(unbalanced).toEqual([]);
}

describe('a site whose bus goes away', () => {
  it('keeps every frame with motion, sends live ones first on return, then the kept ones in order, each once and no faster than declared', async () => {
    const bytesPerSecond = 40_000;
    const site = await start({ backfillBytesPerSecond: bytesPerSecond });
    await eventually(() => live.length > 3, patience);
    broker.setAvailable(false);
    await untilSpooled(site, 8);
    expect(backfill).toEqual([]);
    broker.setAvailable(true);
    const before = live.length;
    await eventually(() => backfill.length > 0, patience);
    expect(live.length, 'live frames went first').toBeGreaterThan(before);
    await eventually(() => spooled(site) === 0, patience);
    await site.close();
    expect(site.telemetry().cameras[0]?.counts).toMatchObject({ discarded: {}, spooled: 0, encoding: 0 });
    expect(new Set(backfill.map(({ kind }) => kind))).toEqual(new Set(['backfill']));
    expect(backfill.map(({ seq }) => seq)).toEqual(backfill.map(({ seq }) => seq).toSorted((a, b) => a - b));
    const gapsUs = backfill
      .slice(1)
      .map(({ publishedAtUs }, i) => publishedAtUs - (backfill[i]?.publishedAtUs ?? 0));
    const dueUs = backfill.slice(0, -1).map(({ jpeg }) => (jpeg.length / bytesPerSecond) * 1e6);
    expect(gapsUs.reduce((a, b) => a + b)).toBeGreaterThan(0.9 * dueUs.reduce((a, b) => a + b));
    expectExactDelivery();
    expect(fates.at(-1)?.final).toBe(true);
    expect(trouble).toEqual([]);
  });

  it('tells what is on its disk when it stops without the bus, and the next process delivers it', async () => {
    const first = await start();
    await eventually(() => live.length > 3, patience);
    broker.setAvailable(false);
    await untilSpooled(first, 6);
    await first.close();
    const left = spooled(first);
    expect(left).toBeGreaterThanOrEqual(6);
    const [before] = first.telemetry().cameras;

    broker.setAvailable(true);
    const second = await start();
    const [earlier] = second.telemetry().earlier ?? [];
    expect(earlier).toMatchObject({ epoch: before?.epoch, counts: { captured: before?.counts.spooled } });
    await eventually(() => spooled(second) === 0 && backfill.length >= left, patience);
    await second.close();
    const ofFirst = backfill.filter(({ epoch }) => epoch === before?.epoch);
    expect(ofFirst.length).toBe(before?.counts.spooled);
    expect(fates.filter(({ epoch }) => epoch === before?.epoch).some(({ final }) => final)).toBe(true);
    expectExactDelivery();
  });

  it('gives up the oldest when its spool is full, with a fate for each', async () => {
    const site = await start({ maxBytes: 60_000 });
    await eventually(() => live.length > 0, patience);
    broker.setAvailable(false);
    await eventually(() => (site.telemetry().cameras[0]?.counts.discarded['spoolFull'] ?? 0) > 3, patience);
    expect(site.telemetry().spool?.bytes).toBeLessThanOrEqual(60_000);
    broker.setAvailable(true);
    await eventually(() => spooled(site) === 0, patience);
    await site.close();
    expectExactDelivery();
  });
});
