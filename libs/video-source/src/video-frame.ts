import type { Polygon } from './black-out.ts';
import type { SourceInfo } from './open-options.ts';

export interface I420Picture {
  readonly width: number;
  readonly height: number;
  /** Planes Y, U, V without gaps, 4:2:0, BT.601 full range as in JPEG; width and height are even. */
  readonly data: Uint8Array;
}

export interface JpegOptions {
  /** Width of the JPEG, pixels, made even; the height follows. Default: the frame's. */
  readonly width?: number;
  /** 1..100; about the size that libjpeg gives for it, in 31 steps. */
  readonly quality: number;
  /** Filled with black before encoding; in pixels of the frame. */
  readonly blackOut?: readonly Polygon[];
}

export interface JpegPicture {
  /** Owns its whole ArrayBuffer, so it can be transferred. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** One decoded picture. Its memory is FFmpeg's: `close()` it as soon as it is not needed. */
export interface VideoFrame {
  /** Number of the frame in its source, from 0; skipped frames count, and loops go on counting. */
  readonly index: number;
  /** Since the first frame, µs. */
  readonly mediaTimeUs: number;
  /** Arrival of the frame's last packet (cameras), or when it was due (realtime), or when it was read; µs of `now`. */
  readonly capturedAtUs: number;
  readonly keyFrame: boolean;
  /** Kept undecoded until a later packet was suspicious: `capturedAtUs` lies back by as much. */
  readonly late: boolean;
  /** Compressed size; 0 for a synthetic frame. */
  readonly packetBytes: number;
  /** Time spent to get this picture's pixels, ms. */
  readonly decodeMs: number;
  readonly width: number;
  readonly height: number;
  /** The full-size Y plane as it was coded. After `close()` its length is 0. */
  readonly luma: { readonly data: Uint8Array; readonly stride: number };
  /** How colourful it is, in levels: about 0 for a black-and-white picture, of an infrared lamp say. */
  saturation(): number;
  /** Scaled, interleaved RGB, 3 bytes a pixel, a copy. */
  toRgb(width: number, height: number): Uint8Array<ArrayBuffer>;
  /** A copy scaled to this size, made even; default: the frame's own. */
  toI420(width?: number, height?: number): I420Picture;
  encodeJpeg(options: JpegOptions): Promise<JpegPicture>;
  close(): void;
}

export interface FrameReader {
  /** As the source was when it was opened; frames say their own size. */
  readonly info: SourceInfo;
  /** Frames so far that were decoded or received but passed over because a newer one was due. */
  readonly skipped: number;
  /** Frames so far that were never decoded, because `OpenOptions.packets` saw no need. */
  readonly undecoded: number;
  /** Packets so far from which no picture could be decoded. */
  readonly undecodable: number;
  /**
   * The next frame; null at the end of a recording or after `signal` was aborted.
   * @throws {SourceError} `TRUNCATED` in place of the end when a recording is cut short.
   */
  read(): Promise<VideoFrame | null>;
  close(): Promise<void>;
}
