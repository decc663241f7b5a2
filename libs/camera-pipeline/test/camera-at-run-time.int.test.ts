import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createScene } from '@framegate/scene';
import type { I420Picture, Source } from '@framegate/video-source';
import { openSource, openWriter } from '@framegate/video-source';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SentFrame } from '../src/camera-messages.ts';
import type { CameraSettings } from '../src/camera-settings.ts';
import { plainSettings } from './settings-fixture.ts';
import { startCamera } from '../src/camera.ts';
import type { Camera } from '../src/camera.ts';

let folder: string;
let street: Source;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'framegate-'));
  const scene = createScene({ name: 'plaza', seed: 3, width: 640, height: 360, framesPerSecond: 10 });
  street = await video('street.mp4', 60, (i) => ({ width: 640, height: 360, data: scene.render(i).data }));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function video(name: string, frames: number, draw: (i: number) => I420Picture): Promise<Source> {
  const path = join(folder, name);
  const { width, height } = draw(0);
  const writer = await openWriter(path, { width, height, framesPerSecond: 10 });
  for (let i = 0; i < frames; i++) writer.write(draw(i));
  await writer.close();
  return { kind: 'file', path };
}

let camera: Camera | undefined;
let sent: SentFrame[];
let captured: number;
let statuses: string[];
beforeEach(() => ([sent, captured, statuses] = [[], 0, []]));
afterEach(async () => {
  await camera?.stop();
  camera = undefined;
});

const everywhere: [number, number][] = [[0, 0], [1, 0], [1, 1], [0, 1]]; // prettier-ignore
const live = (): SentFrame[] => sent.filter(({ kind }) => kind === 'live');

/** A file is read as fast as its frames are taken, again and again; a camera at its own rate. */
function start(source: Source, change: Partial<CameraSettings> = {}, loop = true): Camera {
  const isFile = source.kind === 'file';
  const pace = isFile ? 'none' : 'realtime';
  const options = { source, pace, loop, lossless: isFile, clockAnchorUs: 0, seed: 1 } as const;
  const started = startCamera(
    { ...options, settings: { ...plainSettings, ...change } },
    {
      onFrames: (tally) => {
        captured += tally.captured;
        sent.push(...tally.sent);
        for (const _ of tally.sent) started.taken();
      },
      onStatus: ({ state, reason }) => statuses.push(`${state} ${reason}`.trim()),
    },
  );
  camera = started;
  return started;
}

/** Configures, and forgets what was taken before and may have been under way. */
async function configure(running: Camera, change: Partial<CameraSettings>): Promise<void> {
  running.configure({ ...plainSettings, ...change });
  const before = captured;
  await expect.poll(() => captured, { timeout: 20_000 }).toBeGreaterThan(before + 30);
  sent = [];
}
const watched = async (frames: number): Promise<void> => {
  const before = captured;
  await expect.poll(() => captured, { timeout: 40_000 }).toBeGreaterThan(before + frames);
};

describe('a camera obeys while it runs', () => {
  it('a motion mask, and its end', async () => {
    const running = start(street);
    await expect.poll(() => live().length, { timeout: 20_000 }).toBeGreaterThan(5);
    await configure(running, { motionMasks: [{ name: 'all', polygon: everywhere }] });
    await watched(120);
    expect(live()).toEqual([]);
    await configure(running, {});
    await expect.poll(() => live().length, { timeout: 20_000 }).toBeGreaterThan(5);
  });

  it('a privacy mask, from the next picture on', async () => {
    const running = start(street);
    await expect.poll(() => live().length, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(await brightest(live()[0])).toBeGreaterThan(100);
    await configure(running, { privacyMasks: [everywhere] });
    await expect.poll(() => live().length, { timeout: 20_000 }).toBeGreaterThan(3);
    for (const frame of live().slice(0, 4)) expect(await brightest(frame)).toBeLessThan(24);
  });

  it('its sensitivity: 28 of 255 levels at 0, so that a faint shadow is none', async () => {
    const faint = await video('faint.mp4', 60, (i) => square(i, 110));
    const running = start(faint, { motionSensitivity: 90 });
    await expect.poll(() => live().length, { timeout: 20_000 }).toBeGreaterThan(5);
    await configure(running, { motionSensitivity: 0 });
    await watched(120);
    expect(live()).toEqual([]);
  });

  it('how often it must be heard, and what it sends from before an event', async () => {
    const running = start(street, { motionMasks: [{ name: 'all', polygon: everywhere }] });
    await watched(60);
    expect(sent).toEqual([]);
    await configure(running, { keepAliveSeconds: 1, preRollSeconds: 0.5 });
    await expect
      .poll(() => new Set(sent.map(({ kind }) => kind)), { timeout: 20_000 })
      .toEqual(new Set(['keepalive', 'preroll', 'live']));
  });
});

describe('a camera settles', () => {
  it('when it goes from day to infrared and back, without calling it motion', async () => {
    // The lamp's light spreads over a part of the picture for most of a second: a change like an object's.
    const source = await video('dusk.mp4', 120, (i) => dusk(i % 60));
    await start(source, {}, false).ended;
    expect(captured).toBe(120);
    expect(live()).toEqual([]);
  });

  it('when its pictures change their size and when it comes back, masks and all', async () => {
    const [small, large] = [await jpeg(320, 1), await jpeg(640, 9)];
    let connections = 0;
    const server = createServer((_request, response) => {
      connections += 1;
      void serve(response, connections === 1 ? [small, large] : [large]);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const mask = { name: 'corner', polygon: [[0.5, 0.5], [1, 0.5], [1, 1]] as [number, number][] }; // prettier-ignore
    start({ kind: 'mjpeg', url: `http://127.0.0.1:${port}/v.mjpg` }, { motionMasks: [mask] });
    await expect.poll(() => connections, { timeout: 40_000 }).toBeGreaterThan(1);
    await watched(30);
    await camera?.stop();
    server.closeAllConnections();
    server.close();
    expect(live()).toEqual([]);
    const reasons = statuses.filter((status) => status.startsWith('offline'));
    expect(new Set(reasons)).toEqual(new Set(['offline the camera closed the connection']));
    expect(captured).toBeGreaterThan(60);
  });
});

/** Each picture 30 times, 20 a second. */
async function serve(response: ServerResponse, pictures: readonly Uint8Array[]): Promise<void> {
  response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=b' });
  for (const picture of pictures) {
    for (let i = 0; i < 30; i++) {
      response.write(`--b\r\nContent-Type: image/jpeg\r\nContent-Length: ${picture.length}\r\n\r\n`);
      response.write(picture);
      response.write('\r\n');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  response.end();
}

async function jpeg(width: number, seed: number): Promise<Uint8Array> {
  const source = { kind: 'scene', name: 'street', seed, width, height: (width * 9) / 16 } as const;
  const reader = await openSource(source, { pace: 'none', now: () => 0 });
  const frame = await reader.read();
  const picture = await frame?.encodeJpeg({ quality: 80 });
  frame?.close();
  await reader.close();
  return picture?.bytes ?? new Uint8Array();
}

function ground(luma: number, chroma: number): { width: number; height: number; data: Uint8Array } {
  const [width, height] = [320, 180];
  const data = new Uint8Array((width * height * 3) / 2).fill(chroma);
  for (let i = 0; i < width * height; i++) data[i] = luma + ((i * 7919) % 23);
  return { width, height, data };
}

/** A square of this brightness that moves over a ground of about 101. */
function square(i: number, luma: number): I420Picture {
  const picture = ground(90, 128);
  for (let y = 60; y < 120; y++) picture.data.fill(luma, y * 320 + 4 * i, y * 320 + 4 * i + 60);
  return picture;
}

/** Three seconds of colour, three of black and white under a lamp. */
function dusk(i: number): I420Picture {
  if (i < 30) return ground(90, 140);
  const picture = ground(90, 128);
  const right = 60 + 25 * Math.min(8, i - 29);
  for (let y = 50; y < 130; y++) for (let x = 60; x < right; x++) picture.data[y * 320 + x]! += 60;
  return picture;
}

async function brightest(frame: SentFrame | undefined): Promise<number> {
  const pixels = await sharp(frame?.jpeg).greyscale().raw().toBuffer();
  return pixels.reduce((a, b) => Math.max(a, b), 0);
}
