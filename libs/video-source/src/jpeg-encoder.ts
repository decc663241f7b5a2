import { Codec, CodecContext, Rational } from 'node-av/lib';
import type { Frame } from 'node-av/lib';
import {
  AVCOL_RANGE_JPEG,
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_QSCALE,
  AV_PIX_FMT_YUVJ420P,
  FF_ENCODER_MJPEG,
} from 'node-av/constants';
import { check, newPacket } from './ffmpeg.ts';

/** FFmpeg's FF_QP2LAMBDA: its encoders take quality as a Lagrange factor. */
const lambdaPerScale = 118;
const keptSizes = 4;

/**
 * FFmpeg's quantiser scale (1 best .. 31) that gives about the bytes of libjpeg at `quality` 1..100.
 * libjpeg scales its tables by 50/q below 50 and by (200 - 2q)/100 above; 7.5 joins both tables.
 */
export function quantiserScaleOf(quality: number): number {
  const tableScale = quality < 50 ? 50 / quality : (200 - 2 * quality) / 100;
  return Math.min(31, Math.max(1, Math.round(7.5 * tableScale)));
}

/** FFmpeg's MJPEG encoder on YUV 4:2:0, full range: no way over RGB (docs/decisions/0002-jpeg-encoder.md). */
export class JpegEncoder {
  readonly #encoders = new Map<string, { context: CodecContext; count: bigint }>();
  readonly #packet = newPacket();

  /** `picture` is yuvj420p; its quality and time stamp are set here. */
  encode(picture: Frame, quality: number): Uint8Array<ArrayBuffer> {
    const encoder = this.#encoderFor(picture.width, picture.height);
    picture.quality = quantiserScaleOf(quality) * lambdaPerScale;
    picture.pts = encoder.count++;
    check(encoder.context.sendFrameSync(picture), 'encode a JPEG');
    check(encoder.context.receivePacketSync(this.#packet), 'encode a JPEG');
    const bytes = new Uint8Array(this.#packet.data ?? []);
    this.#packet.unref();
    return bytes;
  }

  close(): void {
    for (const { context } of this.#encoders.values()) context.freeContext();
    this.#encoders.clear();
    this.#packet.free();
  }

  #encoderFor(width: number, height: number): { context: CodecContext; count: bigint } {
    const key = `${width}x${height}`;
    const kept = this.#encoders.get(key);
    if (kept) return kept;
    if (this.#encoders.size >= keptSizes) {
      for (const { context } of this.#encoders.values()) context.freeContext();
      this.#encoders.clear();
    }
    const made = { context: openEncoder(width, height), count: 0n };
    this.#encoders.set(key, made);
    return made;
  }
}

function openEncoder(width: number, height: number): CodecContext {
  const codec = Codec.findEncoderByName(FF_ENCODER_MJPEG);
  if (!codec) throw new Error('This build of FFmpeg has no MJPEG encoder.');
  const context = new CodecContext();
  context.allocContext3(codec);
  context.width = width;
  context.height = height;
  context.pixelFormat = AV_PIX_FMT_YUVJ420P;
  context.colorRange = AVCOL_RANGE_JPEG;
  context.timeBase = new Rational(1, 25);
  context.threadCount = 1;
  context.qMin = 1;
  context.qMax = 31;
  context.setFlags(AV_CODEC_FLAG_QSCALE, AV_CODEC_FLAG_BITEXACT);
  check(context.open2Sync(codec), 'open the MJPEG encoder');
  return context;
}
