import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CameraIntent, EdgeFates, EventMessage, Frame } from '@framegate/contracts';
import {
  cameraConfigEvent,
  cameraIntentEvent,
  clockReplyEvent,
  cloudTopics,
  decodeFrame,
  edgeFatesEvent,
  framesTopic,
  siteTopics,
  topicNames,
} from '@framegate/contracts';
import { edgeBalance } from '@framegate/frame-ledger';
import { InProcessBus } from '@framegate/message-bus';
import { createScene } from '@framegate/scene';
import type { Clock } from '@framegate/service-kit';
import { abortableDelay, createClock } from '@framegate/service-kit';
import type { Source } from '@framegate/video-source';
import { openWriter } from '@framegate/video-source';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EdgeSite, SiteCamera } from '../src/index.ts';
import { createEdgeMemory, startEdgeSite } from '../src/index.ts';
import { seededRandom } from '../src/seeded-random.ts';

const seconds = 6;
let folder: string;
let clip: Source;
let smallClip: Source;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'framegate-'));
  clip = await renderClip('clip.mp4', 640, 360);
  smallClip = await renderClip('small.mp4', 320, 180);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function renderClip(name: string, width: number, height: number): Promise<Source> {
  const path = join(folder, name);
  const scene = createScene({ name: 'plaza', seed: 3, width, height, framesPerSecond: 10 });
  const writer = await openWriter(path, { width, height, framesPerSecond: 10 });
  for (let i = 0; i < seconds * 10; i++) writer.write(scene.render(i));
  await writer.close();
  return { kind: 'file', path };
}

let bus: InProcessBus;
let frames: Frame[];
let fates: EdgeFates[];
let statuses: string[];
let refused: string[];
let edge: EdgeSite | undefined;

beforeEach(async () => {
  bus = new InProcessBus();
  frames = [];
  fates = [];
  statuses = [];
  refused = [];
  await bus.ensureTopics([...cloudTopics(2), ...siteTopics('s', 2)]);
  await bus.subscribe({
    topics: [framesTopic('s'), topicNames.outcomes],
    group: null,
    from: 'earliest',
    handler: async (delivery) => {
      if (delivery.topic === topicNames.outcomes) fates.push(edgeFatesEvent.decode(delivery));
      else frames.push(decodeFrame(delivery));
    },
  });
});
afterEach(async () => {
  await close();
  await bus.close();
});

async function close(): Promise<void> {
  const open = edge;
  edge = undefined;
  await open?.close();
}

function intent(change: Partial<CameraIntent> = {}): CameraIntent {
  return {
    cameraId: 's/a',
    revision: 0,
    motionMasks: [],
    privacyMasks: [],
    zones: [],
    classes: [],
    objectiveMs: 500,
    preRollSeconds: 0,
    postRollSeconds: 1,
    keepAliveSeconds: 2,
    wanted: {
      framesPerSecond: 10,
      width: 1280,
      quality: 80,
      motionSensitivity: 50,
      model: 'm',
    },
    ...change,
  };
}

async function tell(event: EventMessage, topic: string): Promise<void> {
  const producer = await bus.producer();
  await producer.send(topic, event);
}

async function start(
  camera: SiteCamera,
  change: {
    loop?: boolean;
    memory?: ReturnType<typeof createEdgeMemory>;
    admit?: (stopping: AbortSignal) => Promise<void>;
    clock?: Clock;
    lossless?: boolean;
    safeAfterSeconds?: number;
  } = {},
) {
  const { loop = false, memory = createEdgeMemory(), ...rest } = change;
  edge = await startEdgeSite({
    site: 's',
    timezone: 'UTC',
    instance: 'i',
    bus,
    clock: createClock(),
    loop,
    memory,
    pace: 'none',
    lossless: true,
    configWaitMs: 0,
    ...rest,
    cameras: [camera],
    observer: {
      onStatus: (_camera, { state, reason }) => statuses.push(`${state} ${reason}`.trim()),
      onFate: () => {},
      onSent: () => {},
      onRefused: (topic, error) => refused.push(`${topic}: ${String(error)}`),
      onUntold: () => {},
      onSpoolTrouble: () => {},
    },
  });
  return edge;
}

describe('a camera from its source to the bus', () => {
  it('sends the frames that pass the gate, in order, and gives every frame one fate', async () => {
    const site = await start({ source: clip, intent: intent() });
    await site.ended;
    await close();
    const [camera] = site.telemetry().cameras;
    expect(camera?.counts.captured).toBe(seconds * 10);
    expect(camera?.counts.encoding).toBe(0);
    expect(edgeBalance(camera!.counts)).toBe(0);
    expect(frames.length).toBe(camera?.counts.published);
    expect(frames.length).toBeGreaterThan(10);
    expect(frames.map(({ seq }) => seq)).toEqual(frames.map(({ seq }) => seq).toSorted((a, b) => a - b));
    const told = fates.flatMap(({ runs }) => runs.map(([from, to]) => to - from + 1));
    expect(told.reduce((a, b) => a + b, 0)).toBe(seconds * 10);
    expect(fates.at(-1)?.final).toBe(true);
    expect(statuses).toEqual(['connecting', 'online', 'ended']);
  });

  it('sends the same pixels each time', async () => {
    const site = await start({ source: clip, intent: intent() });
    await site.ended;
    await close();
    const first = frames.map(({ seq, jpeg }) => [seq, Buffer.from(jpeg).toString('base64')]);
    frames = [];
    await (
      await start({ source: clip, intent: intent() })
    ).ended;
    expect(frames.map(({ seq, jpeg }) => [seq, Buffer.from(jpeg).toString('base64')])).toEqual(first);
  });

  it('scales, and blacks privacy masks out before a frame leaves', async () => {
    const wanted = { ...intent().wanted, width: 320 };
    const mask = {
      name: 'left half',
      polygon: [
        [0, 0],
        [0.5, 0],
        [0.5, 1],
        [0, 1],
      ] as [number, number][],
    };
    // An earlier site file had no mask: this one's counts from the very first frame.
    await tell(cameraIntentEvent.encode(intent()), topicNames.cameraIntent);
    const site = await start({ source: clip, intent: intent({ wanted, privacyMasks: [mask] }) });
    await site.ended;
    const { data, info } = await sharp(frames[0]?.jpeg)
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([320, 180]);
    const brightest = (from: number, to: number): number => {
      let most = 0;
      for (let y = 0; y < 180; y++)
        for (let x = from; x < to; x++) most = Math.max(most, data[y * 320 + x] ?? 0);
      return most;
    };
    expect(brightest(0, 150)).toBeLessThan(24);
    expect(brightest(170, 320)).toBeGreaterThan(100);
  });

  it('watches the small picture and sends the full one, with regions in its pixels', async () => {
    await start({ source: clip, watch: smallClip, intent: intent() }, { loop: true });
    await expect
      .poll(() => frames.filter(({ kind }) => kind === 'live').length, { timeout: 20_000 })
      .toBeGreaterThan(5);
    await close();
    const full = frames.filter(({ sourceWidth }) => sourceWidth === 640);
    expect(full.length).toBeGreaterThan(frames.length / 2);
    const extent = Math.max(...full.flatMap(({ regions }) => regions.map(([x, , width]) => x + width)));
    expect(extent).toBeGreaterThan(320);
    expect(extent).toBeLessThanOrEqual(640);
  });

  it('sends the frames from before an event as pre-roll', async () => {
    const site = await start({ source: clip, intent: intent({ preRollSeconds: 0.5, keepAliveSeconds: 0 }) });
    await site.ended;
    const firstLive = frames.findIndex(({ kind }) => kind === 'live');
    expect(frames.slice(0, firstLive).map(({ kind }) => kind)).toEqual(
      Array.from({ length: firstLive }, () => 'preroll'),
    );
    expect(firstLive).toBeGreaterThan(0);
    expect(edgeBalance(site.telemetry().cameras[0]!.counts)).toBe(0);
  });

  it('obeys a configuration from the bus, puts its version and what is promised on frames and starts from it next time', async () => {
    const config = { ...intent().wanted, width: 160, objectiveMs: 2000, token: 1, version: 7, intentRevision: 0, partition: 1 }; // prettier-ignore
    const event = cameraConfigEvent.encode({ ...config, cameraId: 's/a', reason: 'a test' });
    await tell(event, topicNames.cameraConfig);
    const memory = createEdgeMemory();
    const site = await start({ source: clip, intent: intent() }, { memory });
    await site.ended;
    expect(frames.length).toBeGreaterThan(0);
    expect(
      new Set(
        frames.map(({ width, configVersion, objectiveMs }) => `${width} ${configVersion} ${objectiveMs}`),
      ),
    ).toEqual(new Set(['160 7 2000']));
    expect(memory.config('s/a')?.version).toBe(7);
    expect(memory.epoch('s/a')).toBe(frames[0]?.epoch);
  });

  it('obeys an intent that an operator has changed more than the site file', async () => {
    const changed = intent({ revision: 1, wanted: { ...intent().wanted, width: 160 } });
    await tell(cameraIntentEvent.encode(changed), topicNames.cameraIntent);
    const site = await start({ source: clip, intent: intent() });
    await site.ended;
    expect(new Set(frames.map(({ width }) => width))).toEqual(new Set([160]));
  });

  it('keeps the remembered configuration while the bus has none, whatever the intent', async () => {
    const memory = createEdgeMemory();
    const config = { ...intent().wanted, width: 160, token: 1, version: 7, intentRevision: 0, partition: 1 };
    memory.rememberConfig({ ...config, cameraId: 's/a', reason: 'a test' });
    const site = await start({ source: clip, intent: intent() }, { memory, loop: true });
    await tell(cameraIntentEvent.encode(intent({ revision: 1 })), topicNames.cameraIntent);
    const before = frames.length;
    await expect.poll(() => frames.length, { timeout: 20_000 }).toBeGreaterThan(before + 10);
    expect(new Set(frames.map(({ configVersion }) => configVersion))).toEqual(new Set([7]));
    expect(site.telemetry().cameras[0]?.configVersion).toBe(7);
  });

  it('goes to its safe rung while no controller is heard, says so, and does what it is told when one is', async () => {
    const real = createClock();
    let skippedUs = 0;
    const clock = { ...real, nowUs: () => real.nowUs() + skippedUs };
    const config = { ...intent().wanted, token: 1, version: 7, intentRevision: 0, partition: 1 };
    const told = cameraConfigEvent.encode({ ...config, cameraId: 's/a', reason: 'a test' });
    await tell(told, topicNames.cameraConfig);
    const change = { loop: true, lossless: false, clock, safeAfterSeconds: 30 };
    const site = await start({ source: clip, intent: intent() }, change);
    const sampledOut = (): number => site.telemetry().cameras[0]?.counts.sampledOut ?? 0;
    await expect.poll(() => frames.length, { timeout: 20_000 }).toBeGreaterThan(0);
    expect([sampledOut(), site.telemetry().safeRung]).toEqual([0, undefined]);

    skippedUs = 40e6;
    await expect.poll(() => site.telemetry().safeRung, { timeout: 20_000 }).toBeDefined();
    await expect.poll(sampledOut, { timeout: 20_000 }).toBeGreaterThan(0);

    const asked = { site: 'another', instance: 'j', sentAtUs: clock.nowUs() };
    const reply = { ...asked, receivedAtUs: asked.sentAtUs, repliedAtUs: asked.sentAtUs };
    await tell(clockReplyEvent.encode(reply), topicNames.clock);
    await expect.poll(() => site.telemetry().safeRung, { timeout: 20_000 }).toBeUndefined();
  });

  it('names a motion mask that is none, and goes on without it', async () => {
    const bow = { name: 'tree', polygon: [[0, 0], [1, 1], [1, 0], [0, 1]] as [number, number][] }; // prettier-ignore
    const site = await start({ source: clip, intent: intent({ motionMasks: [bow] }) });
    await site.ended;
    expect(statuses.join()).toContain('motion mask "tree" crosses itself');
    expect(frames.length).toBeGreaterThan(10);
    expect(edgeBalance(site.telemetry().cameras[0]!.counts)).toBe(0);
  });

  it('refuses an intent with bad masks, each by its name, and keeps the last one', async () => {
    const bow: [number, number][] = [[0, 0], [1, 1], [1, 0], [0, 1]]; // prettier-ignore
    const line: [number, number][] = [[0, 0], [0.5, 0.5], [1, 1]]; // prettier-ignore
    const good = intent({ revision: 1, wanted: { ...intent().wanted, width: 160 } });
    const bad = {
      motionMasks: [{ name: 'tree', polygon: bow }],
      privacyMasks: [{ name: 'window', polygon: line }],
    };
    const site = await start({ source: clip, intent: intent() }, { loop: true });
    await tell(cameraIntentEvent.encode(good), topicNames.cameraIntent);
    await tell(cameraIntentEvent.encode(intent({ ...bad, revision: 2 })), topicNames.cameraIntent);
    await expect.poll(() => refused, { timeout: 20_000 }).toHaveLength(1);
    expect(refused[0]).toContain('camera "s/a", motion mask "tree" crosses itself');
    expect(refused[0]).toContain('camera "s/a", privacy mask "window"');
    const before = frames.length;
    await expect.poll(() => frames.length, { timeout: 20_000 }).toBeGreaterThan(before + 10);
    expect(frames.at(-1)?.width).toBe(160);
    expect(edgeBalance(site.telemetry().cameras[0]!.counts)).toBe(0);
  });

  it('goes on past frames that are too large for the bus, with a fate for each', async () => {
    const source = { kind: 'file', path: join(folder, 'noise.mp4') } as const;
    const [width, height] = [2560, 1440];
    const writer = await openWriter(source.path, { width, height, framesPerSecond: 10 });
    const noise = seededRandom(1);
    for (let i = 0; i < 6; i++)
      writer.write({
        width,
        height,
        data: Uint8Array.from({ length: (width * height * 3) / 2 }, () => noise() * 256),
      });
    await writer.close();
    const wanted = { ...intent().wanted, width, quality: 100 };
    const site = await start({ source, intent: intent({ wanted, keepAliveSeconds: 0.01 }) });
    await site.ended;
    const [camera] = site.telemetry().cameras;
    expect(camera?.counts.captured).toBe(6);
    expect(camera?.counts.discarded['tooLarge']).toBeGreaterThan(4);
  });

  it('sends frames in order although the bus takes each at another time', async () => {
    const late = seededRandom(1);
    const site = await start(
      { source: clip, intent: intent() },
      { admit: async () => void (await abortableDelay(late() * 40)) },
    );
    await site.ended;
    const sent = frames.map(({ seq }) => seq);
    expect(sent).toEqual(sent.toSorted((a, b) => a - b));
  });

  it('hands on what still waits for the bus when it stops', async () => {
    const site = await start(
      { source: clip, intent: intent() },
      { admit: async (stopping) => void (stopping.aborted || (await once(stopping, 'abort'))) },
    );
    await expect.poll(() => site.telemetry().cameras[0]?.counts.encoding, { timeout: 20_000 }).toBe(4);
    await close();
    const { counts } = site.telemetry().cameras[0]!;
    expect(counts.encoding).toBe(0);
    expect(counts.published).toBeGreaterThanOrEqual(4);
    expect(fates.at(-1)?.final).toBe(true);
  });

  it('gives a frame its fate when nobody says whether the bus may take it', async () => {
    const site = await start(
      { source: clip, intent: intent() },
      { admit: () => Promise.reject(new Error('no lag')) },
    );
    await site.ended;
    const { counts } = site.telemetry().cameras[0]!;
    expect(counts.published).toBe(0);
    expect(counts.discarded['unacknowledged']).toBeGreaterThan(10);
    expect(edgeBalance(counts)).toBe(0);
  });

  it('tries a camera again that refuses, and says why it is away', async () => {
    let requests = 0;
    const server = createServer((_request, response) => {
      requests += 1;
      response.writeHead(503).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await start({
      source: { kind: 'mjpeg', url: `http://u:hunter2@127.0.0.1:${port}/v.mjpg` },
      intent: intent(),
    });
    await expect.poll(() => requests, { timeout: 20_000 }).toBeGreaterThan(1);
    await close();
    server.close();
    const offline = statuses.find((status) => status.startsWith('offline'));
    expect(offline).toContain('503');
    expect(statuses.join()).not.toContain('hunter2');
  });

  it('gives a camera up whose source can never be read, without stopping the site', async () => {
    const site = await start({
      source: { kind: 'file', path: join(folder, 'absent.mp4') },
      intent: intent(),
    });
    await site.ended;
    expect(statuses.find((status) => status.startsWith('offline'))).toContain('absent.mp4');
    expect(site.telemetry().cameras[0]?.counts.captured).toBe(0);
  });
});
