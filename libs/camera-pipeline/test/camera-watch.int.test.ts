import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CameraIntent, Frame } from '@framegate/contracts';
import { cloudTopics, decodeFrame, framesTopic, siteTopics } from '@framegate/contracts';
import { edgeBalance } from '@framegate/frame-ledger';
import { InProcessBus } from '@framegate/message-bus';
import { createClock } from '@framegate/service-kit';
import { openWriter } from '@framegate/video-source';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEdgeMemory, startEdgeSite } from '../src/index.ts';
import { seededRandom } from '../src/seeded-random.ts';

// A still wall with a little noise, 10 frames/s, a key frame every 20; from frame 466 on a box crosses it.
const [width, height, frames, entersAt, leavesAt] = [320, 180, 620, 466, 520];
let folder: string;
let path: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'framegate-'));
  path = join(folder, 'wall.mp4');
  const random = seededRandom(7);
  const wall = Uint8Array.from({ length: width * height }, () => 100 + 60 * random());
  const writer = await openWriter(path, { width, height, framesPerSecond: 10 });
  for (let index = 0; index < frames; index++) {
    const data = new Uint8Array((width * height * 3) / 2).fill(128);
    wall.forEach((level, at) => (data[at] = level + 3 * random()));
    if (index >= entersAt && index < leavesAt) drawBox(data, 4 * (index - entersAt), index);
    writer.write({ width, height, data });
  }
  await writer.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A box of 24x48 whose stripes change as clothes do. */
function drawBox(data: Uint8Array, left: number, index: number): void {
  for (let y = 80; y < 128; y++)
    for (let x = left; x < left + 24; x++)
      data[y * width + x] = ((x - left) ^ (y + 3 * index)) & 4 ? 230 : 30;
}

async function run(change: Partial<CameraIntent>) {
  const bus = new InProcessBus();
  const sent: Frame[] = [];
  const statuses: string[] = [];
  let undecoded = 0;
  await bus.ensureTopics([...cloudTopics(1), ...siteTopics('s', 1)]);
  await bus.subscribe({
    topics: [framesTopic('s')],
    group: null,
    from: 'earliest',
    handler: async (delivery) => void sent.push(decodeFrame(delivery)),
  });
  const intent: CameraIntent = {
    cameraId: 's/a',
    revision: 0,
    motionMasks: [],
    privacyMasks: [],
    zones: [],
    classes: [],
    objectiveMs: 500,
    preRollSeconds: 0.5,
    postRollSeconds: 1,
    keepAliveSeconds: 10,
    watching: 'packets',
    wanted: { framesPerSecond: 10, width, quality: 80, motionSensitivity: 50, model: 'm' },
    ...change,
  };
  const site = await startEdgeSite({
    site: 's',
    timezone: 'UTC',
    instance: 'i',
    bus,
    clock: createClock(),
    loop: false,
    memory: createEdgeMemory(),
    pace: 'none',
    lossless: false,
    configWaitMs: 0,
    cameras: [{ source: { kind: 'file', path }, intent }],
    observer: {
      onStatus: (_camera, { state, reason }) => statuses.push(`${state} ${reason}`.trim()),
      onFate: () => {},
      onSent: () => {},
      onRefused: () => {},
      onUntold: () => {},
      onSpoolTrouble: () => {},
      onUndecoded: (_camera, count) => (undecoded += count),
    },
  });
  await site.ended;
  await site.close();
  await bus.close();
  const [camera] = site.telemetry().cameras;
  if (!camera) throw new Error('the site has no camera');
  return { sent, statuses, undecoded, counts: camera.counts };
}

describe('a camera that is watched by its packets', () => {
  it('sends an event with its pre-roll, and every frame has its fate', async () => {
    const { sent, statuses, undecoded, counts } = await run({});
    expect(statuses).toEqual(['connecting', 'online', 'online', 'ended']);
    expect(counts.captured).toBe(frames);
    // From the 220th frame on nearly all that precedes the event.
    expect(undecoded).toBeGreaterThan(200);
    expect(edgeBalance(counts)).toBe(0);
    expect(sent.map(({ seq }) => seq)).toEqual(sent.map(({ seq }) => seq).toSorted((a, b) => a - b));
    // Sequence numbers count from 1, through what was never decoded.
    const event = sent.filter(({ kind }) => kind !== 'keepalive').map(({ seq }) => seq - 1);
    expect(event[0]).toBeGreaterThan(entersAt - 7);
    expect(event[0]).toBeLessThanOrEqual(entersAt);
    expect(event.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, i) => (event[0] ?? 0) + i));
    expect(sent.find(({ kind }) => kind === 'live')?.seq).toBeLessThanOrEqual(entersAt + 6);
    const alive = sent.filter(({ kind }) => kind === 'keepalive');
    expect(alive.length).toBeGreaterThanOrEqual(4);
  });

  it('sends the event that a camera sends whose every frame is decoded', async () => {
    const [packets, all] = [await run({}), await run({ watching: 'frames' })];
    const event = (sent: readonly Frame[]) =>
      sent.filter(({ kind }) => kind !== 'keepalive').map(({ seq }) => seq);
    expect(event(packets.sent)).toEqual(event(all.sent));
  });
});
