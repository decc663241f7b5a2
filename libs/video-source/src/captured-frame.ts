import type { Frame } from 'node-av/lib';
import { AV_PIX_FMT_RGB24, AV_PIX_FMT_YUVJ420P } from 'node-av/constants';
import { blackOut } from './black-out.ts';
import type { Polygon } from './black-out.ts';
import { JpegEncoder } from './jpeg-encoder.ts';
import { checkFrameSize } from './frame-limits.ts';
import type { FrameLimits } from './frame-limits.ts';
import { PictureConverter } from './picture-converter.ts';
import { decodedPicture } from './picture.ts';
import type { Picture } from './picture.ts';
import { saturationOf } from './saturation.ts';
import type { I420Picture, JpegOptions, JpegPicture, VideoFrame } from './video-frame.ts';

/** What the frames of one reader share. */
export class PictureTools {
  readonly converter = new PictureConverter();
  readonly jpeg = new JpegEncoder();

  close(): void {
    this.converter.close();
    this.jpeg.close();
  }
}

export interface FrameFacts {
  readonly index: number;
  readonly mediaTimeUs: number;
  readonly capturedAtUs: number;
  readonly keyFrame: boolean;
  readonly packetBytes: number;
  readonly decodeMs: number;
  readonly late?: boolean;
}

/**
 * Takes over a decoded frame.
 * @throws {SourceError} when its size, which may have changed since the last, is outside the limits.
 */
export function captureFrame(
  decoded: Frame,
  facts: FrameFacts,
  { name, limits, tools }: { name: string; limits: FrameLimits; tools: PictureTools },
): VideoFrame {
  try {
    checkFrameSize(name, decoded.width, decoded.height, limits);
  } catch (error) {
    decoded.free();
    throw error;
  }
  return new CapturedFrame(decodedPicture(decoded, tools.converter), facts, tools);
}

export class CapturedFrame implements VideoFrame {
  readonly index: number;
  readonly mediaTimeUs: number;
  readonly capturedAtUs: number;
  readonly keyFrame: boolean;
  readonly packetBytes: number;
  readonly decodeMs: number;
  readonly late: boolean;
  readonly width: number;
  readonly height: number;
  readonly #picture: Picture;
  readonly #tools: PictureTools;
  #open = true;

  constructor(picture: Picture, facts: FrameFacts, tools: PictureTools) {
    this.index = facts.index;
    this.mediaTimeUs = facts.mediaTimeUs;
    this.capturedAtUs = facts.capturedAtUs;
    this.keyFrame = facts.keyFrame;
    this.packetBytes = facts.packetBytes;
    this.decodeMs = facts.decodeMs;
    this.late = facts.late ?? false;
    this.width = picture.width;
    this.height = picture.height;
    this.#picture = picture;
    this.#tools = tools;
  }

  get luma(): { data: Uint8Array; stride: number } {
    return this.#picture.luma;
  }

  close(): void {
    if (this.#open) this.#picture.close();
    this.#open = false;
  }

  saturation(): number {
    if (!this.#open) throw new Error('The frame was closed before it was used.');
    return saturationOf(this.#picture.chroma());
  }

  toRgb(width: number, height: number): Uint8Array<ArrayBuffer> {
    const form = { width, height, format: AV_PIX_FMT_RGB24 };
    return joinPlanes(this.#tools.converter.convert(this.#native(), form), [[width * 3, height]]);
  }

  toI420(width = this.width, height = this.height): I420Picture {
    const [w, h] = [even(width), even(height)];
    const form = { width: w, height: h, format: AV_PIX_FMT_YUVJ420P };
    const chroma = [w / 2, h / 2] as const;
    const data = joinPlanes(this.#tools.converter.convert(this.#native(), form), [[w, h], chroma, chroma]);
    return { width: w, height: h, data };
  }

  async encodeJpeg({
    width = this.width,
    quality,
    blackOut: hidden = [],
  }: JpegOptions): Promise<JpegPicture> {
    if (!(quality >= 1 && quality <= 100))
      throw new RangeError(`JPEG quality is ${quality}. Expected 1 to 100.`);
    const size = { width: even(width), height: even((this.height * width) / this.width) };
    const form = { ...size, format: AV_PIX_FMT_YUVJ420P };
    const picture = this.#tools.converter.convert(this.#native(), form);
    if (hidden.length > 0) this.#blackOut(picture, hidden);
    return { bytes: this.#tools.jpeg.encode(picture, quality), ...size };
  }

  #blackOut(picture: Frame, hidden: readonly Polygon[]): void {
    const scaleX = picture.width / this.width;
    const scaleY = picture.height / this.height;
    const scaled = hidden.map((polygon) => polygon.map(([x, y]) => [x * scaleX, y * scaleY] as const));
    const planes = (picture.data ?? []).map((data, i) => ({ data, stride: picture.linesize[i] ?? 0 }));
    blackOut({ width: picture.width, height: picture.height, planes }, scaled, 0);
  }

  #native(): Frame {
    if (!this.#open) throw new Error('The frame was closed before it was used.');
    return this.#picture.native;
  }
}

/** Copies planes of `[bytes a row, rows]` into one array without padding. */
function joinPlanes(frame: Frame, planes: readonly (readonly [number, number])[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(planes.reduce((sum, [rowBytes, rows]) => sum + rowBytes * rows, 0));
  let at = 0;
  planes.forEach(([rowBytes, rows], i) => {
    const source = frame.data?.[i];
    const stride = frame.linesize[i] ?? rowBytes;
    for (let row = 0; source && row < rows; row++, at += rowBytes) {
      joined.set(source.subarray(row * stride, row * stride + rowBytes), at);
    }
  });
  return joined;
}

/** The nearest even number, at least 2. */
function even(size: number): number {
  return Math.max(2, Math.round(size / 2) * 2);
}
