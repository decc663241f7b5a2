import { randomBytes } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Codec, CodecContext, Dictionary, FormatContext, Rational } from 'node-av/lib';
import type { Frame, Packet, Stream } from 'node-av/lib';
import {
  AVCOL_RANGE_JPEG,
  AVCOL_SPC_SMPTE170M,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_YUVJ420P,
  FF_ENCODER_LIBX264,
} from 'node-av/constants';
import { check, newPacket } from './ffmpeg.ts';
import { frameOfI420 } from './picture.ts';
import { SourceError } from './source-error.ts';
import type { I420Picture } from './video-frame.ts';

export interface WriterOptions {
  /** Both even. */
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  /** x264's constant rate factor, 0 (lossless) .. 51; default 23. */
  readonly crf?: number;
}

/**
 * Writes I420 pictures with H.264, as an MP4 file or, where its name ends with `.h264`, as a bare byte stream (Annex B
 * of ITU-T H.264). The file gets its name when it is complete.
 */
export class VideoWriter {
  readonly #path: string;
  readonly #temporary: string;
  readonly #options: WriterOptions;
  readonly #muxer = new FormatContext();
  readonly #encoder: CodecContext;
  readonly #stream: Stream;
  readonly #packet: Packet = newPacket();
  #frames = 0n;
  #open = true;

  constructor(path: string, temporary: string, options: WriterOptions) {
    this.#path = path;
    this.#temporary = temporary;
    this.#options = options;
    const container = path.endsWith('.h264') ? 'h264' : 'mp4';
    this.#muxer.allocOutputContext2(null, container, temporary);
    this.#encoder = openEncoder(options, container);
    this.#stream = this.#muxer.newStream(null);
    this.#stream.timeBase = this.#encoder.timeBase;
    check(this.#encoder.parametersFromContext(this.#stream.codecpar), 'describe the video');
    check(this.#muxer.openOutputSync(), 'open the output file');
    // The index in front: players start before they have the whole file.
    const placement = container === 'mp4' ? Dictionary.fromObject({ movflags: '+faststart' }) : null;
    check(this.#muxer.writeHeaderSync(placement), 'write the header');
  }

  /** @throws {RangeError} unless the picture has the writer's size. */
  write({ width, height, data }: I420Picture): void {
    const { width: w, height: h } = this.#options;
    if (width !== w || height !== h || data.length < (w * h * 3) / 2) {
      throw new RangeError(
        `The video is ${w}x${h}, the picture ${width}x${height} with ${data.length} bytes.`,
      );
    }
    const frame = frameOfI420(data, width, height);
    frame.pts = this.#frames++;
    this.#encode(frame);
    frame.free();
  }

  /** Completes the file and gives it its name. */
  async close(): Promise<void> {
    if (!this.#open) return;
    this.#encode(null);
    check(this.#muxer.writeTrailerSync(), 'complete the video');
    this.#free();
    await rename(this.#temporary, this.#path);
  }

  /** Leaves nothing behind. */
  async abort(): Promise<void> {
    if (!this.#open) return;
    this.#free();
    await rm(this.#temporary, { force: true });
  }

  #encode(frame: Frame | null): void {
    check(this.#encoder.sendFrameSync(frame), 'encode a frame');
    while (this.#encoder.receivePacketSync(this.#packet) >= 0) {
      this.#packet.streamIndex = this.#stream.index;
      this.#packet.duration = 1n;
      this.#packet.rescaleTs(this.#encoder.timeBase, this.#stream.timeBase);
      check(this.#muxer.interleavedWriteFrameSync(this.#packet), 'write a frame');
      this.#packet.unref();
    }
  }

  #free(): void {
    this.#open = false;
    this.#packet.free();
    this.#encoder.freeContext();
    this.#muxer.closeOutputSync();
    this.#muxer.freeContext();
  }
}

/**
 * Begins a video file beside its later place, under another name.
 * @throws {SourceError} `NOT_FOUND` when its folder doesn't exist
 * @throws {RangeError} for a size or rate that H.264 can't have
 */
export async function openWriter(path: string, options: WriterOptions): Promise<VideoWriter> {
  const { width, height, framesPerSecond } = options;
  const usable = (side: number): boolean =>
    Number.isInteger(side) && side >= 16 && side <= 8192 && side % 2 === 0;
  if (!usable(width) || !usable(height)) {
    throw new RangeError(`A video can't be ${width}x${height}. Expected even numbers from 16 to 8192.`);
  }
  if (!(framesPerSecond > 0 && framesPerSecond <= 240)) {
    throw new RangeError(`A video can't have ${framesPerSecond} frames/s. Expected above 0 and up to 240.`);
  }
  const folder = dirname(path);
  if (!(await stat(folder).catch(() => null))?.isDirectory()) {
    throw new SourceError('NOT_FOUND', `${path}: there is no folder ${folder}. Create it first.`);
  }
  const temporary = join(folder, `.${basename(path)}.${randomBytes(4).toString('hex')}.partial`);
  return new VideoWriter(path, temporary, options);
}

function openEncoder(
  { width, height, framesPerSecond, crf = 23 }: WriterOptions,
  container: 'mp4' | 'h264',
): CodecContext {
  const codec = Codec.findEncoderByName(FF_ENCODER_LIBX264);
  if (!codec) throw new Error('This build of FFmpeg has no H.264 encoder (libx264).');
  const encoder = new CodecContext();
  encoder.allocContext3(codec);
  encoder.width = width;
  encoder.height = height;
  encoder.pixelFormat = AV_PIX_FMT_YUVJ420P;
  encoder.colorRange = AVCOL_RANGE_JPEG;
  encoder.colorSpace = AVCOL_SPC_SMPTE170M;
  encoder.timeBase = new Rational(1000, Math.round(framesPerSecond * 1000));
  encoder.framerate = new Rational(Math.round(framesPerSecond * 1000), 1000);
  // A byte stream has no header of its own: parameter sets stand before each key frame.
  if (container === 'mp4') encoder.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  // As cameras encode: no B-frames, a key frame every two seconds.
  encoder.maxBFrames = 0;
  encoder.gopSize = Math.max(1, Math.round(framesPerSecond * 2));
  encoder.threadCount = 1;
  check(encoder.setOption('preset', 'veryfast'), 'choose a preset');
  check(encoder.setOption('crf', crf), 'choose a quality');
  check(encoder.open2Sync(codec), 'open the H.264 encoder');
  return encoder;
}
