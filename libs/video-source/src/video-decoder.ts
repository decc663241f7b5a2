import { Codec, CodecContext } from 'node-av/lib';
import type { CodecParameters, Frame, Packet } from 'node-av/lib';
import {
  AV_CODEC_FLAG_LOW_DELAY,
  AV_CODEC_ID_MJPEG,
  FF_THREAD_FRAME,
  FF_THREAD_SLICE,
} from 'node-av/constants';
import { again, check, endOfStream, invalidArgument, newFrame } from './ffmpeg.ts';
import type { FrameLimits } from './frame-limits.ts';
import { SourceError } from './source-error.ts';

export interface DecoderOptions {
  /** The source, for messages. */
  readonly name: string;
  readonly limits: FrameLimits;
  readonly threads: number;
  /** No frame may wait for a later one. */
  readonly lowDelay: boolean;
}

/** Packets in, pictures out, on this thread: FFmpeg's asynchronous calls cost twice the CPU. */
export class VideoDecoder {
  readonly codec: string;
  readonly #context: CodecContext;
  readonly #name: string;
  #spare = newFrame();

  /** @param parameters of the stream; null for JPEG pictures. */
  constructor(parameters: CodecParameters | null, { name, limits, threads, lowDelay }: DecoderOptions) {
    const codec = Codec.findDecoder(parameters?.codecId ?? AV_CODEC_ID_MJPEG);
    if (!codec) throw new SourceError('UNSUPPORTED', `${name}: there is no decoder for its video format.`);
    this.#name = name;
    this.codec = codec.name ?? 'unknown';
    this.#context = new CodecContext();
    this.#context.allocContext3(codec);
    if (parameters) check(this.#context.parametersToContext(parameters), 'set up a decoder');
    this.#context.threadCount = threads;
    this.#context.threadType = lowDelay ? FF_THREAD_SLICE : FF_THREAD_FRAME;
    if (lowDelay) this.#context.setFlags(AV_CODEC_FLAG_LOW_DELAY);
    check(this.#context.setOption('max_pixels', limits.maxPixels), 'limit a decoder');
    const opened = this.#context.open2Sync(codec);
    if (opened < 0) throw new SourceError('CORRUPT', `${name}: its ${this.codec} video can't be decoded.`);
  }

  /**
   * Hands a packet in, null at the end; false when it makes no sense.
   * @throws {SourceError} `TOO_LARGE` when the picture grew over the limit.
   */
  send(packet: Packet | null): boolean {
    const code = this.#context.sendPacketSync(packet);
    if (code === invalidArgument) {
      throw new SourceError('TOO_LARGE', `${this.#name}: its picture changed to a size over the limit.`);
    }
    return code >= 0 || code === endOfStream;
  }

  /** The next finished picture, which the caller frees; null when there is none yet; 'corrupt' when it was damaged. */
  receive(): Frame | 'corrupt' | null {
    const frame = this.#spare;
    const code = this.#context.receiveFrameSync(frame);
    if (code >= 0) {
      this.#spare = newFrame();
      return frame;
    }
    return code === again || code === endOfStream ? null : 'corrupt';
  }

  /** Forgets all pictures: the next packet is a key frame that does not follow the last one. */
  flush(): void {
    this.#context.flushBuffers();
  }

  close(): void {
    this.#spare.free();
    this.#context.freeContext();
  }
}
