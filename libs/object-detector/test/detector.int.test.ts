import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Detector, DetectorOptions, ImageInput, ResolvedModel } from '../src/index.ts';
import { DetectError, createDetector, resolveModel } from '../src/index.ts';
import type { TinyModel } from './tiny-onnx-fixture.ts';
import { tinyOnnx } from './tiny-onnx-fixture.ts';

let folder: string;
let detectors: Detector[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framegate-detector-'));
  detectors = [];
});
afterEach(async () => {
  await Promise.all(detectors.map((detector) => detector.close()));
  await rm(folder, { recursive: true });
});

const tiny: TinyModel = { head: 'yolox', width: 64, height: 64, batch: 1 };

async function resolved(model: TinyModel, content = tinyOnnx(model)): Promise<ResolvedModel> {
  const path = join(folder, 'tiny.onnx');
  await writeFile(path, content);
  await writeFile(join(folder, 'tiny.json'), JSON.stringify({ head: model.head, classes: ['blue', 'red'] }));
  return resolveModel(path);
}

async function started(model: TinyModel, options: Partial<DetectorOptions> = {}): Promise<Detector> {
  const detector = await createDetector({ model: await resolved(model), minScore: 0.8, ...options });
  detectors.push(detector);
  return detector;
}

const red = { r: 255, g: 0, b: 0 };
const blue = { r: 0, g: 0, b: 255 };

/** A black picture of 128x128 with one patch of 64x64, which is one cell of stride 32 in the model. */
async function jpeg(left: number, top: number, background: typeof red): Promise<ImageInput> {
  const patch = await sharp({ create: { width: 64, height: 64, channels: 3, background } })
    .png()
    .toBuffer();
  const bytes = await sharp({ create: { width: 128, height: 128, channels: 3, background: 'black' } })
    .composite([{ input: patch, left, top }])
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toBuffer();
  return { kind: 'jpeg', bytes };
}

/** A red square at the top left of a picture of the model's size, in a source of twice that. */
function rgb(): Extract<ImageInput, { kind: 'rgb' }> {
  const data = new Uint8Array(64 * 64 * 3);
  for (let y = 0; y < 32; y += 1) for (let x = 0; x < 32; x += 1) data[(y * 64 + x) * 3] = 255;
  return { kind: 'rgb', data, width: 64, height: 64, sourceWidth: 128, sourceHeight: 128 };
}

/** The largest box: the cell of stride 32. Smaller cells within the patch are found as well. */
function largest(detections: readonly { box: readonly number[]; className: string }[]) {
  return detections.toSorted((a, b) => (b.box[2] ?? 0) - (a.box[2] ?? 0))[0];
}

describe.each(['yolox', 'yolov8'] as const)('a detector with a %s head', (head) => {
  it('finds what is in a JPEG, in pixels of the JPEG', async () => {
    const detector = await started({ ...tiny, head });
    const result = await detector.detect(await jpeg(64, 0, blue));
    const found = largest(result.detections);
    expect(found?.className).toBe('blue');
    expect(found?.box).toEqual([64, 0, 64, 64]);
    expect(result).toMatchObject({ imageWidth: 128, imageHeight: 128 });
    expect(result.decodeMs).toBeGreaterThan(0);
    expect(result.inferenceMs).toBeGreaterThan(0);
  });

  it('finds the same in pixels that were scaled already, in pixels of their source', async () => {
    const detector = await started({ ...tiny, head });
    const result = await detector.detect(rgb());
    expect(largest(result.detections)?.className).toBe('red');
    expect(largest(result.detections)?.box).toEqual([0, 0, 64, 64]);
    expect(result.decodeMs).toBe(0);
  });
});

describe('a detector', () => {
  it('answers only the classes that are wanted', async () => {
    const detector = await started(tiny);
    expect((await detector.detect(rgb(), { classes: ['blue'] })).detections).toEqual([]);
    expect((await detector.detect(rgb(), { classes: ['red'] })).detections.length).toBeGreaterThan(0);
  });

  it.each([
    ['one image at a time', 1, 1],
    ['exactly two images at a time', 2, 2],
    ['as many images as wanted', 'any', 3],
  ] as const)(
    'gives each image of a batch its own answer with a model that takes %s',
    async (_, batch, maxBatch) => {
      const detector = await started({ ...tiny, batch }, { maxBatch: 3 });
      expect(detector.maxBatch).toBe(maxBatch);
      const images = [
        await jpeg(0, 0, red),
        await jpeg(64, 64, blue),
        rgb(),
        await jpeg(64, 0, red),
        await jpeg(0, 64, blue),
      ];
      const together = await detector.detectBatch(images);
      for (const [index, image] of images.entries()) {
        const alone = await detector.detect(image);
        expect(together[index]).toMatchObject({ detections: alone.detections });
        expect(alone.detections.length).toBeGreaterThan(0);
      }
    },
  );

  it('answers the good images of a batch and says of each bad one what is wrong', async () => {
    const detector = await started({ ...tiny, batch: 'any' }, { maxPixels: 128 * 128 });
    const good = await jpeg(0, 0, red);
    const whole = good.kind === 'jpeg' ? good.bytes : new Uint8Array();
    const create = { width: 256, height: 128, channels: 3 as const, background: red };
    const large = await sharp({ create }).jpeg().toBuffer();
    const png = await sharp({ create }).png().toBuffer();
    const outcomes = await detector.detectBatch([
      good,
      { kind: 'jpeg', bytes: whole.subarray(0, whole.length / 2) },
      { kind: 'jpeg', bytes: png },
      { kind: 'jpeg', bytes: new Uint8Array() },
      { kind: 'jpeg', bytes: large },
      { ...rgb(), width: 100 },
      { ...rgb(), height: 60 },
      good,
    ]);
    expect(outcomes.map((outcome) => (outcome instanceof DetectError ? outcome.code : 'good'))).toEqual([
      'good',
      'BAD_IMAGE',
      'BAD_IMAGE',
      'BAD_IMAGE',
      'TOO_LARGE',
      'TOO_LARGE',
      'BAD_IMAGE',
      'good',
    ]);
    expect(outcomes[7]).toMatchObject({ detections: (await detector.detect(good)).detections });
    await expect(detector.detect({ kind: 'jpeg', bytes: png })).rejects.toMatchObject({ code: 'BAD_IMAGE' });
  });

  it('reads grey and CMYK pictures as well', async () => {
    const detector = await started(tiny);
    const grey = await sharp({ create: { width: 128, height: 128, channels: 3, background: 'white' } })
      .toColourspace('b-w')
      .jpeg()
      .toBuffer();
    const cmyk = await sharp({ create: { width: 128, height: 128, channels: 3, background: red } })
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer();
    for (const bytes of [grey, cmyk])
      expect((await detector.detect({ kind: 'jpeg', bytes })).detections.length).toBeGreaterThan(0);
  });

  it("leaves the sender's bytes alone, also where they are a part of something larger", async () => {
    const detector = await started(tiny);
    const image = await jpeg(0, 0, red);
    if (image.kind !== 'jpeg') throw new Error('expected a JPEG');
    const larger = Buffer.concat([Buffer.alloc(1000), image.bytes, Buffer.alloc(1000)]);
    const part = larger.subarray(1000, 1000 + image.bytes.length);
    const { detections } = await detector.detect({ kind: 'jpeg', bytes: part });
    expect(detections).toEqual((await detector.detect(image)).detections);
    expect(part.equals(Buffer.from(image.bytes))).toBe(true);
  });

  it('has all its workers free when it is idle, and refuses requests once it is closed', async () => {
    const detector = await started(tiny, { workers: 2 });
    expect(detector.freeWorkers).toBe(2);
    await Promise.all(Array.from({ length: 6 }, () => detector.detect(rgb())));
    expect(detector.freeWorkers).toBe(2);
    await detector.close();
    await expect(detector.detect(rgb())).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('does not start with a provider that is not there, and says which are', async () => {
    const model = await resolved(tiny);
    const elsewhere = process.platform === 'darwin' ? 'dml' : 'coreml';
    await expect(createDetector({ model, provider: elsewhere })).rejects.toMatchObject({
      code: 'NO_PROVIDER',
      message: expect.stringMatching(new RegExp(`provider ${elsewhere} is not part .* choose one of cpu`)),
    });
  });

  it('does not start with a model whose weights are damaged', async () => {
    const content = tinyOnnx(tiny);
    // "Conv" becomes an operator that nobody knows; the header still reads well.
    const at = Buffer.from(content).indexOf('Conv');
    content.set(Buffer.from('Gonv'), at);
    const model = await resolved(tiny, content);
    await expect(createDetector({ model })).rejects.toMatchObject({
      code: 'CORRUPT',
      message: expect.stringContaining("tiny.onnx can't be loaded"),
    });
  });
});
