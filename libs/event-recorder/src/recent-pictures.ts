import type { Frame } from '@framegate/contracts';

/** Frames as they come. */
export interface FrameSource {
  /** @returns the function that ends this */
  onFrame(listener: (frame: Frame) => void): () => void;
}

/** The pictures of the last frames of all cameras, as many as fit. */
export interface RecentPictures {
  find(frame: { readonly cameraId: string; readonly frame: string }): Frame | undefined;
  close(): void;
}

/** Some seconds of 50 cameras: detections follow their frames within the objective, mostly. */
const maxBytes = 96 * 1024 * 1024;

export function keepRecentPictures(frames: FrameSource): RecentPictures {
  const pictures = new Map<string, Frame>();
  let bytes = 0;
  const close = frames.onFrame((frame) => {
    pictures.set(`${frame.cameraId} ${frame.epoch}.${frame.seq}`, frame);
    bytes += frame.jpeg.byteLength;
    for (const [id, { jpeg }] of pictures) {
      if (bytes <= maxBytes) break;
      pictures.delete(id);
      bytes -= jpeg.byteLength;
    }
  });
  return { find: ({ cameraId, frame }) => pictures.get(`${cameraId} ${frame}`), close };
}
