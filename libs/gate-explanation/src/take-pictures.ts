import type { Source, VideoFrame } from '@framegate/video-source';
import { framesOf } from './frames-of.ts';
import type { GateSettings } from './gate-settings.ts';
import { inPixels } from './gate-settings.ts';

/** A small JPEG of a frame as a `data:` URL. */
export interface Thumbnail {
  readonly src: string;
  readonly width: number;
  readonly height: number;
}

const widest = 480;
const quality = 70;

/**
 * Pictures of some frames, by their numbers. Which frames are of interest is known only at the end, so the
 * recording is read again. Privacy masks are black before there is a JPEG.
 */
export async function takePictures(
  source: Source,
  wanted: ReadonlySet<number>,
  privacyMasks: GateSettings['privacyMasks'],
  signal: AbortSignal,
): Promise<Map<number, Thumbnail>> {
  const pictures = new Map<number, Thumbnail>();
  const last = Math.max(-1, ...wanted);
  for await (const frame of framesOf(source, signal)) {
    if (wanted.has(frame.index)) pictures.set(frame.index, await thumbnail(frame, privacyMasks));
    if (frame.index >= last) break;
  }
  return pictures;
}

async function thumbnail(frame: VideoFrame, privacyMasks: GateSettings['privacyMasks']): Promise<Thumbnail> {
  const { bytes, width, height } = await frame.encodeJpeg({
    width: Math.min(widest, frame.width),
    quality,
    blackOut: inPixels(privacyMasks, frame.width, frame.height),
  });
  return { src: `data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}`, width, height };
}
