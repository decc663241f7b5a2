import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameReader, I420Picture, VideoFrame } from '@framegate/video-source';
import { openSource, openWriter } from '@framegate/video-source';
import type { H264Loop } from './camera/access-units.ts';
import { readH264 } from './camera/access-units.ts';

export interface PoolOptions {
  /** Both even. */
  readonly width: number;
  readonly height: number;
  /** Of JPEGs, 1..100. Default 80. */
  readonly quality?: number;
  /** A video file; else a synthetic scene. */
  readonly clip?: string | undefined;
}

const sceneRate = 5;
const picturesOfPool = 16;

/**
 * JPEGs that were encoded once before the load: a frame then costs no more than its copy to a socket.
 * @throws SourceError that names a clip that can't be read
 */
export async function renderFramePool(options: PoolOptions, count = picturesOfPool): Promise<Uint8Array[]> {
  const { width, quality = 80 } = options;
  return firstFrames(options, count, async (frame) => (await frame.encodeJpeg({ width, quality })).bytes);
}

/**
 * H.264 as a camera makes it, a key frame at the beginning of each loop: one in which the scene or clip goes on, one
 * in which its first picture stands.
 * @throws SourceError that names a clip that can't be read
 */
export async function renderH264Loops(options: PoolOptions): Promise<{ moving: H264Loop; still: H264Loop }> {
  const { width, height } = options;
  const pictures = await firstFrames(options, picturesOfPool, async (frame) => frame.toI420(width, height));
  const [first] = pictures;
  return {
    moving: await encode(pictures, options),
    still: await encode(first ? pictures.map(() => first) : [], options),
  };
}

async function firstFrames<Result>(
  options: PoolOptions,
  count: number,
  take: (frame: VideoFrame) => Promise<Result>,
): Promise<Result[]> {
  const reader = await openPool(options);
  const taken: Result[] = [];
  try {
    while (taken.length < count) {
      const frame = await reader.read();
      if (!frame) break;
      taken.push(await take(frame));
      frame.close();
    }
  } finally {
    await reader.close();
  }
  return taken;
}

function openPool({ width, height, clip }: PoolOptions): Promise<FrameReader> {
  const scene = {
    kind: 'scene',
    name: 'street',
    seed: 1,
    width,
    height,
    framesPerSecond: sceneRate,
  } as const;
  const source = clip === undefined ? scene : ({ kind: 'file', path: clip } as const);
  return openSource(source, { pace: 'none', now: () => performance.now() * 1000 });
}

async function encode(pictures: readonly I420Picture[], { width, height }: PoolOptions): Promise<H264Loop> {
  const folder = await mkdtemp(join(tmpdir(), 'framegate-load-'));
  try {
    const path = join(folder, 'loop.h264');
    // As many a second as make one group of pictures of them all.
    const writer = await openWriter(path, { width, height, framesPerSecond: picturesOfPool / 2 });
    for (const picture of pictures) writer.write(picture);
    await writer.close();
    return readH264(await readFile(path));
  } finally {
    await rm(folder, { recursive: true });
  }
}
