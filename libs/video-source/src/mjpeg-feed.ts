import { defaultFrameLimits } from './frame-limits.ts';
import { networkError, request } from './http-request.ts';
import type { ArrivedJpeg, JpegFeed } from './jpeg-camera.ts';
import { boundaryOf, MultipartError, MultipartParser } from './multipart-parser.ts';
import { NewestSlot } from './newest-slot.ts';
import type { OpenOptions } from './open-options.ts';
import { SourceError } from './source-error.ts';
import { defaultTimeoutMs } from './timeouts.ts';
import { Watchdog } from './watchdog.ts';

const maxHeaderBytes = 16 * 1024;

/** MJPEG over HTTP (`multipart/x-mixed-replace`): reads on by itself and keeps the newest picture. */
export class MjpegFeed implements JpegFeed {
  readonly #name: string;
  readonly #options: OpenOptions;
  readonly #watchdog: Watchdog;
  readonly #stop = new AbortController();
  readonly #newest = new NewestSlot<ArrivedJpeg>();
  readonly #reading: Promise<void>;

  constructor(url: string, name: string, options: OpenOptions) {
    this.#name = name;
    this.#options = options;
    const signals = options.signal ? [options.signal, this.#stop.signal] : [this.#stop.signal];
    this.#watchdog = new Watchdog(name, AbortSignal.any(signals));
    this.#reading = this.#readAll(url);
  }

  get replaced(): number {
    return this.#newest.replaced;
  }

  next(): Promise<ArrivedJpeg | null> {
    return this.#newest.take();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#reading;
  }

  async #readAll(url: string): Promise<void> {
    const { signal } = this.#watchdog;
    this.#watchdog.feed(this.#options.connectTimeoutMs ?? defaultTimeoutMs);
    try {
      const response = await request(url, this.#name, signal);
      const parser = this.#parserFor(response.headers.get('content-type') ?? 'no type');
      for await (const chunk of response.body ?? []) this.#take(parser.push(chunk));
      this.#newest.end();
    } catch (error) {
      this.#newest.fail(
        error instanceof MultipartError ? this.#garbage(error) : networkError(error, this.#name, signal),
      );
    } finally {
      this.#watchdog.stop();
    }
  }

  #parserFor(contentType: string): MultipartParser {
    const boundary = boundaryOf(contentType);
    if (boundary !== null) {
      const { maxJpegBytes } = this.#options.limits ?? defaultFrameLimits;
      return new MultipartParser(boundary, { maxPartBytes: maxJpegBytes, maxHeaderBytes });
    }
    const isPicture = /^image\//i.test(contentType);
    const advice = isPicture
      ? 'It is a single picture: put snapshot+ in front of the address.'
      : 'Check the path in the address.';
    throw new SourceError(
      'NOT_MEDIA',
      `${this.#name}: expected an MJPEG stream (multipart), got ${contentType}. ${advice}`,
    );
  }

  #take(pictures: readonly Uint8Array[]): void {
    for (const bytes of pictures) {
      this.#watchdog.feed(this.#options.readTimeoutMs ?? defaultTimeoutMs);
      this.#newest.put({ bytes, arrivedAtUs: this.#options.now() });
    }
  }

  #garbage(error: MultipartError): SourceError {
    return new SourceError('CORRUPT', `${this.#name}: the stream is malformed: ${error.message}.`);
  }
}
