import type { VideoFrame } from '@framegate/video-source';
import { toPixels } from './camera-settings.ts';
import type { PictureRequest, TakenPicture } from './full-picture-messages.ts';

/** Encodes a frame as it may leave the site: privacy masks are black before there is a JPEG. */
export async function takePicture(frame: VideoFrame, request: PictureRequest): Promise<TakenPicture> {
  const { width: sourceWidth, height: sourceHeight, capturedAtUs, decodeMs } = frame;
  const startedAt = performance.now();
  const { bytes, width, height } = await frame.encodeJpeg({
    width: Math.min(request.width, sourceWidth),
    quality: request.quality,
    blackOut: request.privacyMasks.map((mask) => toPixels(mask, sourceWidth, sourceHeight)),
  });
  const encodeMs = performance.now() - startedAt;
  return { bytes, width, height, sourceWidth, sourceHeight, capturedAtUs, decodeMs, encodeMs };
}
