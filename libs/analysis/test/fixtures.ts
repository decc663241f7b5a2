import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Detector, DetectOutcome, ImageInput } from '@framegate/object-detector';
import { DetectError } from '@framegate/object-detector';
import { openWriter } from '@framegate/video-source';

/** A folder that is gone after `use`. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'framegate-analysis-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** An MP4, 10 frames/s: dark, with a bright square that jumps in after two seconds and moves on. */
export async function makeVideo(path: string, frames: number): Promise<string> {
  const [width, height] = [320, 180];
  const writer = await openWriter(path, { width, height, framesPerSecond: 10 });
  for (let index = 0; index < frames; index++) {
    const data = new Uint8Array((width * height * 3) / 2).fill(128);
    data.fill(60, 0, width * height);
    const left = (8 * (index - 20)) % 280;
    for (let y = 60; index > 20 && y < 120; y++) data.fill(220, y * width + left, y * width + left + 40);
    writer.write({ width, height, data });
  }
  await writer.close();
  return path;
}

/** A detector without a model: it answers when it is told to, in any order. */
export function fakeDetector(answer: (image: Uint8Array) => Promise<void> = async () => {}) {
  let underWay = 0;
  const seen = { frames: 0, mostUnderWay: 0 };
  const detector: Detector = {
    model: {
      id: 'fake',
      path: '',
      head: 'yolox',
      classNames: ['thing'],
      licence: '',
      sha256: '',
      bytes: 0,
      input: { width: 64, height: 64, batch: 1 },
    },
    maxBatch: 1,
    freeWorkers: 1,
    workers: 1,
    setWorkers: async () => {},
    detect: async () => {
      throw new Error('not used');
    },
    detectBatch: async (images) => Promise.all(images.map(lookAt)),
    close: async () => {},
  };
  const lookAt = async (image: ImageInput): Promise<DetectOutcome> => {
    if (image.kind !== 'rgb') throw new Error('expected RGB');
    seen.frames += 1;
    underWay += 1;
    seen.mostUnderWay = Math.max(seen.mostUnderWay, underWay);
    const refused = await answer(image.data)
      .catch((error: unknown) => error)
      .finally(() => (underWay -= 1));
    if (refused instanceof DetectError) return refused;
    const { sourceWidth: imageWidth, sourceHeight: imageHeight } = image;
    // What it "finds" depends on the picture alone.
    const [sum] = new Uint32Array([image.data.reduce((total, value) => (total * 31 + value) | 0, 0)]);
    const detections = [{ box: [1, 2, 3, 4] as const, className: 'thing', score: (sum ?? 0) / 2 ** 32 }];
    return { detections, imageWidth, imageHeight, decodeMs: 0, inferenceMs: 0, startedAtMs: 0 };
  };
  return { detector, seen };
}
