import sharp from 'sharp';
import { Frame } from 'node-av/lib';
import { AVCOL_RANGE_JPEG, AVCOL_RANGE_MPEG, AV_PIX_FMT_YUV420P } from 'node-av/constants';
import { afterAll, describe, expect, test } from 'vitest';
import { captureFrame, PictureTools } from '../src/captured-frame.ts';
import { defaultFrameLimits, openSource } from '../src/index.ts';
import type { VideoFrame } from '../src/index.ts';
import { asFast } from './fixtures.ts';

const tools = new PictureTools();
afterAll(() => tools.close());
const facts = { index: 0, mediaTimeUs: 0, capturedAtUs: 0, keyFrame: true, packetBytes: 0, decodeMs: 0 };

/** A frame of one colour, as a decoder would give it. */
function plain(
  [y, u, v]: readonly [number, number, number],
  range: 'limited' | 'full',
  width = 64,
  height = 48,
): VideoFrame {
  const pixels = width * height;
  const data = Buffer.concat([
    Buffer.alloc(pixels, y),
    Buffer.alloc(pixels / 4, u),
    Buffer.alloc(pixels / 4, v),
  ]);
  const frame = Frame.fromVideoBuffer(data, { width, height, format: AV_PIX_FMT_YUV420P });
  frame.colorRange = range === 'full' ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
  return captureFrame(frame, facts, { name: 'test', limits: defaultFrameLimits, tools });
}

/** What another decoder sees at a pixel. */
async function pixelOf(jpeg: Uint8Array, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * info.channels;
  return [...data.subarray(at, at + 3)];
}

/** The greatest difference of two colours in any channel. */
function difference(actual: ArrayLike<number>, expected: readonly number[]): number {
  return Math.max(...expected.map((value, i) => Math.abs(value - (actual[i] ?? Number.NaN))));
}

describe('a JPEG', () => {
  test.each([
    ['black, limited range', [16, 128, 128], 'limited', [0, 0, 0]],
    ['white, limited range', [235, 128, 128], 'limited', [255, 255, 255]],
    ['red, limited range', [81, 90, 240], 'limited', [254, 0, 0]],
    ['black, full range', [0, 128, 128], 'full', [0, 0, 0]],
    ['white, full range', [255, 128, 128], 'full', [255, 255, 255]],
  ] as const)(
    'of %s shows other decoders the same colour, not a washed-out one',
    async (_, yuv, range, rgb) => {
      const frame = plain(yuv, range);
      const { bytes } = await frame.encodeJpeg({ quality: 95 });
      expect(difference(await pixelOf(bytes, 20, 20), rgb)).toBeLessThanOrEqual(4);
      expect(difference(frame.toRgb(32, 24).subarray(0, 3), rgb)).toBeLessThanOrEqual(4);
      frame.close();
    },
  );

  test('has the width that was asked for, an even height in proportion, and memory of its own', async () => {
    const frame = plain([100, 128, 128], 'full', 640, 426);
    const jpeg = await frame.encodeJpeg({ width: 321, quality: 50 });
    expect([jpeg.width, jpeg.height]).toEqual([322, 214]);
    expect(await sharp(jpeg.bytes).metadata()).toMatchObject({ width: 322, height: 214, format: 'jpeg' });
    expect(jpeg.bytes.buffer.byteLength).toBe(jpeg.bytes.length);
    frame.close();
  });

  test('grows with its quality', async () => {
    const reader = await openSource(
      { kind: 'scene', name: 'street', seed: 1, width: 320, height: 192 },
      asFast,
    );
    const frame = await reader.read();
    const sizes = await Promise.all(
      [5, 30, 60, 80, 95].map(async (quality) => (await frame?.encodeJpeg({ quality }))?.bytes.length ?? 0),
    );
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect(new Set(sizes).size).toBe(5);
    frame?.close();
    await reader.close();
  });

  test('shows nothing of what is under a privacy mask, also when it is scaled', async () => {
    const frame = plain([235, 90, 200], 'limited', 640, 480);
    const mask = [
      [100, 100],
      [300, 100],
      [300, 200],
      [100, 200],
    ] as const;
    const { bytes } = await frame.encodeJpeg({ width: 320, quality: 90, blackOut: [mask] });
    expect(difference(await pixelOf(bytes, 51, 51), [0, 0, 0])).toBeLessThanOrEqual(6);
    expect(difference(await pixelOf(bytes, 148, 98), [0, 0, 0])).toBeLessThanOrEqual(6);
    const [red = 0] = await pixelOf(bytes, 20, 20);
    expect(red).toBeGreaterThan(200);
    frame.close();
  });

  test.each([0, 101, Number.NaN])('of quality %s is refused', async (quality) => {
    const frame = plain([100, 128, 128], 'full');
    await expect(frame.encodeJpeg({ quality })).rejects.toThrow('Expected 1 to 100');
    frame.close();
  });
});

describe('a frame', () => {
  test('gives no memory away after it is closed', async () => {
    const frame = plain([100, 128, 128], 'full');
    const { luma } = frame;
    const { data } = luma;
    expect(data[0]).toBe(100);
    frame.close();
    frame.close();
    expect(data).toHaveLength(0);
    await expect(frame.encodeJpeg({ quality: 50 })).rejects.toThrow('closed before');
  });

  test('becomes an I420 picture of another size', () => {
    const frame = plain([16, 128, 128], 'limited', 64, 48);
    const { width, height, data } = frame.toI420(31, 24);
    expect([width, height, data.length]).toEqual([32, 24, (32 * 24 * 3) / 2]);
    expect(difference(data.subarray(0, 3), [0, 0, 0])).toBeLessThanOrEqual(1);
    expect(difference(data.subarray(-3), [128, 128, 128])).toBeLessThanOrEqual(1);
    frame.close();
  });

  test('outside the limits is refused', () => {
    expect(() => plain([100, 128, 128], 'full', 8, 8)).toThrow('the picture is 8x8 pixels');
  });
});

describe('a scene', () => {
  test('is a camera: frames by number and time, drawn the same each time', async () => {
    const source = {
      kind: 'scene',
      name: 'street',
      seed: 3,
      width: 320,
      height: 192,
      framesPerSecond: 5,
    } as const;
    const jpegs: Uint8Array[] = [];
    for (let run = 0; run < 2; run++) {
      const reader = await openSource(source, asFast);
      expect(reader.info).toMatchObject({
        width: 320,
        height: 192,
        framesPerSecond: 5,
        codec: 'scene',
        live: false,
      });
      (await reader.read())?.close();
      const frame = await reader.read();
      expect(frame).toMatchObject({ index: 1, mediaTimeUs: 200_000, keyFrame: true });
      const jpeg = await frame?.encodeJpeg({ quality: 80 });
      if (jpeg) jpegs.push(jpeg.bytes);
      frame?.close();
      await reader.close();
    }
    expect(jpegs[0]).toEqual(jpegs[1]);
  });

  test('of an unknown name is refused', async () => {
    await expect(openSource({ kind: 'scene', name: 'nowhere', seed: 1 }, asFast)).rejects.toMatchObject({
      code: 'INVALID_SOURCE',
    });
  });
});
