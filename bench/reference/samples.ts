import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Size } from '@framegate/detection';
import { fitLetterbox } from '@framegate/detection';
import type { ImageInput } from '@framegate/object-detector';
import type { VideoFrame } from '@framegate/video-source';
import { openSource } from '@framegate/video-source';

export const pixelKinds = ['same pixels', 'same JPEG'] as const;

/** One image for both sides: a file for Python, the same content for ours. */
export interface Sample {
  readonly file: string;
  readonly pixels: (typeof pixelKinds)[number];
  readonly image: ImageInput;
}

const jpegQuality = 85;

/** Takes frames of a clip, each once scaled for the model and once as a JPEG of full size, and writes them to `folder`. */
export async function sampleClip(
  path: string,
  folder: string,
  model: Size,
  framesPerSecond: number,
): Promise<Sample[]> {
  const now = (): number => performance.now() * 1000;
  const reader = await openSource({ kind: 'file', path }, { pace: 'none', now });
  const samples: Sample[] = [];
  let nextUs = 0;
  try {
    for (let frame = await reader.read(); frame !== null; frame = await reader.read()) {
      if (frame.mediaTimeUs >= nextUs) {
        nextUs += 1_000_000 / framesPerSecond;
        samples.push(await scaledSample(frame, folder, model), await jpegSample(frame, folder));
      }
      frame.close();
    }
    return samples;
  } finally {
    await reader.close();
  }
}

async function scaledSample(frame: VideoFrame, folder: string, model: Size): Promise<Sample> {
  const { width, height } = fitLetterbox(frame, model).content;
  const data = frame.toRgb(width, height);
  const file = join(folder, `${frame.index}.ppm`);
  await writeFile(file, Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), data]));
  const image = { kind: 'rgb', data, width, height, sourceWidth: width, sourceHeight: height } as const;
  return { file, pixels: 'same pixels', image };
}

async function jpegSample(frame: VideoFrame, folder: string): Promise<Sample> {
  const { bytes } = await frame.encodeJpeg({ quality: jpegQuality });
  const file = join(folder, `${frame.index}.jpg`);
  await writeFile(file, bytes);
  return { file, pixels: 'same JPEG', image: { kind: 'jpeg', bytes } };
}
