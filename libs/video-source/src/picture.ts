import { Frame } from 'node-av/lib';
import {
  AVCOL_RANGE_JPEG,
  AV_PIX_FMT_GRAY8,
  AV_PIX_FMT_NV12,
  AV_PIX_FMT_NV21,
  AV_PIX_FMT_YUV411P,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUV422P,
  AV_PIX_FMT_YUV440P,
  AV_PIX_FMT_YUV444P,
  AV_PIX_FMT_YUVJ420P,
  AV_PIX_FMT_YUVJ422P,
  AV_PIX_FMT_YUVJ440P,
  AV_PIX_FMT_YUVJ444P,
} from 'node-av/constants';
import { check, newFrame } from './ffmpeg.ts';
import type { PictureConverter } from './picture-converter.ts';
import type { ChromaPlane } from './saturation.ts';
import type { I420Picture } from './video-frame.ts';

/** Pixels of one frame: its Y plane, and the whole as FFmpeg has it. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly luma: { readonly data: Uint8Array; readonly stride: number };
  readonly native: Frame;
  /** Valid as long as the picture is open. */
  chroma(): readonly ChromaPlane[];
  close(): void;
}

/** Formats whose first plane is 8-bit luma. */
const withLumaPlane: ReadonlySet<number> = new Set<number>([
  AV_PIX_FMT_GRAY8,
  AV_PIX_FMT_NV12,
  AV_PIX_FMT_NV21,
  AV_PIX_FMT_YUV411P,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUV422P,
  AV_PIX_FMT_YUV440P,
  AV_PIX_FMT_YUV444P,
  AV_PIX_FMT_YUVJ420P,
  AV_PIX_FMT_YUVJ422P,
  AV_PIX_FMT_YUVJ440P,
  AV_PIX_FMT_YUVJ444P,
]);

/** Chroma planes of these formats: bytes a row and rows, as shares of the picture's. Others are 4:2:0 or have none. */
const chromaShapes: ReadonlyMap<number, readonly [width: number, height: number]> = new Map<
  number,
  readonly [number, number]
>([
  [AV_PIX_FMT_NV12, [1, 0.5]],
  [AV_PIX_FMT_NV21, [1, 0.5]],
  [AV_PIX_FMT_YUV411P, [0.25, 1]],
  [AV_PIX_FMT_YUV422P, [0.5, 1]],
  [AV_PIX_FMT_YUVJ422P, [0.5, 1]],
  [AV_PIX_FMT_YUV440P, [1, 0.5]],
  [AV_PIX_FMT_YUVJ440P, [1, 0.5]],
  [AV_PIX_FMT_YUV444P, [1, 1]],
  [AV_PIX_FMT_YUVJ444P, [1, 1]],
]);

/** Whether its first plane is luma, 8 bits a pixel. */
export function hasLumaPlane(frame: Frame): boolean {
  return withLumaPlane.has(frame.format);
}

/** Takes over a decoded frame; formats without an 8-bit luma plane (RGB, packed, 10 bit) are converted to YUV 4:2:0. */
export function decodedPicture(decoded: Frame, converter: PictureConverter): Picture {
  if (hasLumaPlane(decoded)) return new NativePicture(decoded);
  const form = { width: decoded.width, height: decoded.height, format: AV_PIX_FMT_YUVJ420P };
  const own = newFrame();
  check(own.ref(converter.convert(decoded, form)), 'hold a picture');
  check(own.makeWritable(), 'copy a picture');
  decoded.free();
  return new NativePicture(own);
}

class NativePicture implements Picture {
  readonly width: number;
  readonly height: number;
  readonly luma: { data: Uint8Array; stride: number };
  readonly native: Frame;

  constructor(native: Frame) {
    const [plane] = native.data ?? [];
    if (!plane) throw new Error('FFmpeg decoded a frame without pixels.');
    this.native = native;
    this.width = native.width;
    this.height = native.height;
    this.luma = { data: plane, stride: native.linesize[0] ?? native.width };
  }

  chroma(): ChromaPlane[] {
    const [wide, high] = chromaShapes.get(this.native.format) ?? [0.5, 0.5];
    const [width, height] = [Math.floor(this.width * wide), Math.floor(this.height * high)];
    const planes = (this.native.data ?? []).slice(1);
    return planes.map((data, i) => ({ data, stride: this.native.linesize[i + 1] ?? width, width, height }));
  }

  close(): void {
    // The plane is FFmpeg's own memory: detached, a late reader sees length 0 instead of freed memory.
    const { buffer } = this.luma.data;
    if (buffer instanceof ArrayBuffer) buffer.transfer(0);
    this.native.free();
  }
}

/** A picture drawn by the program; FFmpeg's copy is made when something asks for it. */
export class DrawnPicture implements Picture {
  readonly width: number;
  readonly height: number;
  readonly luma: { data: Uint8Array; stride: number };
  readonly #data: Uint8Array;
  #native: Frame | undefined;

  constructor({ width, height, data }: I420Picture) {
    this.width = width;
    this.height = height;
    this.luma = { data: data.subarray(0, width * height), stride: width };
    this.#data = data;
  }

  get native(): Frame {
    this.#native ??= frameOfI420(this.#data, this.width, this.height);
    return this.#native;
  }

  chroma(): ChromaPlane[] {
    const [width, height] = [this.width / 2, this.height / 2];
    const plane = (from: number): ChromaPlane => ({
      data: this.#data.subarray(from, from + width * height),
      stride: width,
      width,
      height,
    });
    return [plane(4 * width * height), plane(5 * width * height)];
  }

  close(): void {
    this.#native?.free();
    this.#native = undefined;
    this.luma.data = new Uint8Array(0);
  }
}

/** An FFmpeg frame with a copy of these planes. */
export function frameOfI420(data: Uint8Array, width: number, height: number): Frame {
  const bytes = Buffer.from(data.buffer, data.byteOffset, (width * height * 3) / 2);
  const frame = Frame.fromVideoBuffer(bytes, { width, height, format: AV_PIX_FMT_YUV420P });
  frame.colorRange = AVCOL_RANGE_JPEG;
  return frame;
}
