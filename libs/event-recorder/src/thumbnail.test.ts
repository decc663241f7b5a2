import type { Frame } from '@framegate/contracts';
import { maxThumbnailBytes } from '@framegate/history-store';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { cutAround, makeThumbnail } from './thumbnail.ts';

const frame = {
  cameraId: 'north/gate',
  width: 640,
  height: 360,
  sourceWidth: 1280,
  sourceHeight: 720,
} as const;

async function noise(): Promise<Frame> {
  const raw = Uint8Array.from({ length: 640 * 360 * 3 }, (_, i) => (i * 2_654_435_761) >>> 24);
  const image = sharp(raw, { raw: { width: 640, height: 360, channels: 3 } });
  const work = { decodeMs: 0, gateMs: 0, encodeMs: 0 };
  const times = { capturedAtUs: 0, gatedAtUs: 0, encodedAtUs: 0, publishedAtUs: 0 };
  const jpeg = await image.jpeg({ quality: 95 }).toBuffer();
  const rest = {
    epoch: 1,
    seq: 1,
    kind: 'live',
    objectiveMs: 0,
    configVersion: 0,
    regions: [],
    score: 0,
  } as const;
  return { ...frame, ...rest, ...times, work, jpeg };
}

describe('a thumbnail', () => {
  it('is a JPEG of at most 20 KB, even of what compresses badly', async () => {
    const jpeg = await makeThumbnail(await noise(), [600, 300, 80, 200]);
    expect(jpeg.byteLength).toBeLessThanOrEqual(maxThumbnailBytes);
    const { width, height, format } = await sharp(jpeg).metadata();
    expect([width, height, format]).toEqual([320, 240, 'jpeg']);
  });

  it('shows the box with what is around it, in the pixels of the frame', () => {
    const cut = cutAround(frame, [600, 300, 80, 200]);
    expect(cut).toEqual({ left: 200, top: 110, width: 240, height: 180 });
  });

  it('is cut from inside the frame, wherever the box is', () => {
    const side = fc.integer({ min: -2000, max: 3000 });
    fc.assert(
      fc.property(
        side,
        side,
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: 0, max: 3000 }),
        (x, y, w, h) => {
          const cut = cutAround(frame, [x, y, w, h]);
          expect(cut.left).toBeGreaterThanOrEqual(0);
          expect(cut.top).toBeGreaterThanOrEqual(0);
          expect(cut.width).toBeGreaterThan(0);
          expect(cut.height).toBeGreaterThan(0);
          expect(cut.left + cut.width).toBeLessThanOrEqual(640);
          expect(cut.top + cut.height).toBeLessThanOrEqual(360);
        },
      ),
    );
  });
});
