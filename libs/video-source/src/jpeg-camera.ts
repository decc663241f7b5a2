import { captureFrame, PictureTools } from './captured-frame.ts';
import { defaultFrameLimits } from './frame-limits.ts';
import { JpegDecoder } from './jpeg-decoder.ts';
import type { OpenOptions, SourceInfo } from './open-options.ts';
import { SourceError } from './source-error.ts';
import type { FrameReader, VideoFrame } from './video-frame.ts';

/** One picture as a camera sent it. */
export interface ArrivedJpeg {
  readonly bytes: Uint8Array;
  /** When its last byte arrived, µs. */
  readonly arrivedAtUs: number;
}

/** Where JPEG pictures come from, newest first. */
export interface JpegFeed {
  /** Pictures that were replaced by newer ones before anybody took them. */
  readonly replaced: number;
  /** The next picture; null when the camera has closed the connection. @throws {SourceError} */
  next(): Promise<ArrivedJpeg | null>;
  stop(): Promise<void>;
}

/** Undecodable pictures in a row after which a camera counts as sending garbage. */
const maxGarbage = 10;

/** Frames of a camera that sends JPEG pictures. */
export class JpegCamera implements FrameReader {
  readonly undecoded = 0;
  undecodable = 0;
  readonly #name: string;
  readonly #options: OpenOptions;
  readonly #feed: JpegFeed;
  readonly #decoder: JpegDecoder;
  readonly #tools = new PictureTools();
  readonly #shared;
  #info: SourceInfo | undefined;
  #first: VideoFrame | undefined;
  #firstAtUs: number | undefined;
  #taken = 0;
  #garbage = 0;
  #open = true;

  private constructor(name: string, feed: JpegFeed, options: OpenOptions) {
    const limits = options.limits ?? defaultFrameLimits;
    this.#name = name;
    this.#feed = feed;
    this.#options = options;
    this.#decoder = new JpegDecoder({ name, limits, threads: 1, lowDelay: true });
    this.#shared = { name, limits, tools: this.#tools };
  }

  /** Waits for the first picture, which tells the size. */
  static async open(
    name: string,
    feed: JpegFeed,
    framesPerSecond: number | null,
    options: OpenOptions,
  ): Promise<JpegCamera> {
    const camera = new JpegCamera(name, feed, options);
    try {
      const first = await camera.#next();
      if (!first)
        throw new SourceError(
          'DISCONNECTED',
          `${name}: the camera closed the connection before the first picture.`,
        );
      const { width, height } = first;
      camera.#first = first;
      camera.#info = {
        width,
        height,
        codec: 'mjpeg',
        framesPerSecond,
        durationSeconds: null,
        frameCount: null,
        live: true,
      };
      return camera;
    } catch (error) {
      await camera.close();
      if (options.signal?.aborted) throw new SourceError('ABORTED', `${name}: opening it was given up.`);
      throw error;
    }
  }

  get info(): SourceInfo {
    if (!this.#info) throw new Error('The camera is not open yet.');
    return this.#info;
  }

  get skipped(): number {
    return this.#feed.replaced;
  }

  async read(): Promise<VideoFrame | null> {
    const first = this.#first;
    this.#first = undefined;
    if (first) return first;
    try {
      return this.#over() ? null : await this.#next();
    } catch (error) {
      if (this.#over()) return null;
      throw error;
    }
  }

  /** Closed, or given up: what the feed says then is no news. */
  #over(): boolean {
    return !this.#open || this.#options.signal?.aborted === true;
  }

  async close(): Promise<void> {
    this.#open = false;
    this.#first?.close();
    this.#first = undefined;
    await this.#feed.stop();
    this.#decoder.close();
    this.#tools.close();
  }

  async #next(): Promise<VideoFrame | null> {
    for (;;) {
      const jpeg = await this.#feed.next();
      if (!jpeg) return null;
      const frame = this.#decode(jpeg);
      if (frame) return frame;
      this.undecodable += 1;
      this.#garbage += 1;
      if (this.#garbage >= maxGarbage) {
        throw new SourceError(
          'CORRUPT',
          `${this.#name}: ${maxGarbage} pictures in a row were not JPEG that can be decoded.`,
        );
      }
    }
  }

  #decode({ bytes, arrivedAtUs }: ArrivedJpeg): VideoFrame | null {
    const startedAt = performance.now();
    const decoded = this.#decoder.decode(bytes);
    if (!decoded) return null;
    this.#garbage = 0;
    this.#firstAtUs ??= arrivedAtUs;
    const facts = {
      index: this.#taken++ + this.#feed.replaced,
      mediaTimeUs: arrivedAtUs - this.#firstAtUs,
      capturedAtUs: arrivedAtUs,
      keyFrame: true,
      packetBytes: bytes.length,
      decodeMs: performance.now() - startedAt,
    };
    return captureFrame(decoded, facts, this.#shared);
  }
}
