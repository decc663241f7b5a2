import type { Frame } from 'node-av/lib';
import { newPacket } from './ffmpeg.ts';
import { checkFrameSize } from './frame-limits.ts';
import { readImageHeader } from './image-header.ts';
import { VideoDecoder } from './video-decoder.ts';
import type { DecoderOptions } from './video-decoder.ts';

/** JPEG pictures of any size within the limits, one by one. */
export class JpegDecoder {
  readonly #options: DecoderOptions;
  readonly #decoder: VideoDecoder;
  readonly #packet = newPacket();

  constructor(options: DecoderOptions) {
    this.#options = options;
    this.#decoder = new VideoDecoder(null, options);
  }

  /** The picture, which the caller frees; null when the bytes are not a JPEG that can be decoded. */
  decode(bytes: Uint8Array): Frame | null {
    const header = readImageHeader(bytes);
    if (header?.format !== 'jpeg') return null;
    checkFrameSize(this.#options.name, header.width, header.height, this.#options.limits);
    this.#packet.data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const understood = this.#decoder.send(this.#packet);
    this.#packet.unref();
    const frame = this.#decoder.receive();
    if (frame === 'corrupt' || frame === null) return null;
    if (understood) return frame;
    frame.free();
    return null;
  }

  close(): void {
    this.#decoder.close();
    this.#packet.free();
  }
}
