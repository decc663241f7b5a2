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
  readonly #name: string;
  readonly #open: () => CodecContext;
  #context: CodecContext;
  #spare = newFrame();
  /** Since the decoder was opened or flushed. */
  #pictures = 0;

  /** @param parameters of the stream; null for JPEG pictures. */
  constructor(parameters: CodecParameters | null, options: DecoderOptions) {
    const { name } = options;
    const codec = Codec.findDecoder(parameters?.codecId ?? AV_CODEC_ID_MJPEG);
    if (!codec) throw new SourceError('UNSUPPORTED', `${name}: there is no decoder for its video format.`);
    this.#name = name;
    this.codec = codec.name ?? 'unknown';
    this.#open = () => openDecoder(codec, parameters, options);
    this.#context = this.#open();
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
      this.#pictures += 1;
      return frame;
    }
    return code === again || code === endOfStream ? null : 'corrupt';
  }

  /**
   * Forgets all pictures: the next packet is a key frame that does not follow the last one. A decoder keeps the
   * memory of all the pictures it ever had at once, so that one that had several is closed and opened again.
   */
  flush(): void {
    if (this.#pictures > 1) {
      this.#context.freeContext();
      this.#context = this.#open();
    } else {
      this.#context.flushBuffers();
    }
    this.#pictures = 0;
  }

  close(): void {
    this.#spare.free();
    this.#context.freeContext();
  }
}

function openDecoder(
  codec: Codec,
  parameters: CodecParameters | null,
  { name, limits, threads, lowDelay }: DecoderOptions,
): CodecContext {
  const context = new CodecContext();
  context.allocContext3(codec);
  if (parameters) check(context.parametersToContext(parameters), 'set up a decoder');
  context.threadCount = threads;
  context.threadType = lowDelay ? FF_THREAD_SLICE : FF_THREAD_FRAME;
  if (lowDelay) context.setFlags(AV_CODEC_FLAG_LOW_DELAY);
  check(context.setOption('max_pixels', limits.maxPixels), 'limit a decoder');
  const opened = context.open2Sync(codec);
  if (opened >= 0) return context;
  context.freeContext();
  throw new SourceError('CORRUPT', `${name}: its ${codec.name ?? 'unknown'} video can't be decoded.`);
}
