import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSource, openWriter, SourceError } from '../src/index.ts';
import type { FrameReader, I420Picture, OpenOptions, Source, VideoFrame } from '../src/index.ts';

export const nowUs = (): number => performance.now() * 1000;
export const asFast: OpenOptions = { pace: 'none', now: nowUs };

/** A folder that is gone after `use`. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'video-source-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A bright square that moves right by 4 pixels a frame over a dark ground. */
export function movingSquare(index: number, width: number, height: number): I420Picture {
  const data = new Uint8Array((width * height * 3) / 2).fill(128);
  data.fill(40, 0, width * height);
  for (let y = 16; y < 48; y++) {
    const x = (index * 4) % (width - 32);
    data.fill(220, y * width + x, y * width + x + 32);
  }
  return { width, height, data };
}

/** Writes an MP4 of `frames` pictures, 25 frames/s. */
export async function makeVideo(
  path: string,
  frames: number,
  { width = 160, height = 96 } = {},
): Promise<string> {
  const writer = await openWriter(path, { width, height, framesPerSecond: 25 });
  for (let i = 0; i < frames; i++) writer.write(movingSquare(i, width, height));
  await writer.close();
  return path;
}

export async function cutShort(path: string, share: number): Promise<string> {
  const bytes = await readFile(path);
  await writeFile(path, bytes.subarray(0, Math.floor(bytes.length * share)));
  return path;
}

/** A JPEG of the project's own making. */
export async function makeJpeg(width: number, height: number, index = 0): Promise<Uint8Array> {
  const source: Source = { kind: 'scene', name: 'street', seed: 1, width, height, framesPerSecond: 10 };
  const reader = await openSource(source, asFast);
  try {
    for (let i = 0; ; i++) {
      const frame = await reader.read();
      const jpeg = i === index ? await frame?.encodeJpeg({ quality: 80 }) : undefined;
      frame?.close();
      if (jpeg) return jpeg.bytes;
    }
  } finally {
    await reader.close();
  }
}

/** One second of silence as a WAV file. */
export function silence(): Buffer {
  const rate = 8000;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + rate, 4);
  header.write('WAVEfmt ', 8);
  for (const [at, value] of [
    [16, 16],
    [24, rate],
    [28, rate],
    [40, rate],
  ] as const)
    header.writeUInt32LE(value, at);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 1],
    [34, 8],
  ] as const)
    header.writeUInt16LE(value, at);
  header.write('data', 36);
  return Buffer.concat([header, Buffer.alloc(rate, 128)]);
}

export interface Seen {
  readonly index: number;
  readonly mediaTimeUs: number;
  readonly capturedAtUs: number;
  readonly size: string;
  readonly meanLuma: number;
}

function meanLumaOf({ luma, width, height }: VideoFrame): number {
  let sum = 0;
  for (let y = 0; y < height; y++) {
    for (const value of luma.data.subarray(y * luma.stride, y * luma.stride + width)) sum += value;
  }
  return sum / (width * height);
}

/** Reads on, at most `limit` frames; also tells how it ended. */
export async function readFrames(
  reader: FrameReader,
  limit = Number.POSITIVE_INFINITY,
): Promise<{ seen: Seen[]; error: unknown }> {
  const seen: Seen[] = [];
  try {
    while (seen.length < limit) {
      const frame = await reader.read();
      if (!frame) break;
      const { index, mediaTimeUs, capturedAtUs, width, height } = frame;
      seen.push({
        index,
        mediaTimeUs,
        capturedAtUs,
        size: `${width}x${height}`,
        meanLuma: meanLumaOf(frame),
      });
      frame.close();
    }
    return { seen, error: undefined };
  } catch (error) {
    return { seen, error };
  }
}

/** The SourceError with which opening, or else reading on, fails. */
export async function failureOf(source: Source, options: OpenOptions = asFast): Promise<SourceError> {
  try {
    const reader = await openSource(source, options);
    const { error } = await readFrames(reader);
    await reader.close();
    if (error instanceof SourceError) return error;
    throw new Error('The source could be read to its end.', { cause: error });
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
}

/** Where a server listens on 127.0.0.1. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('The server does not listen on a port.');
  return address.port;
}
