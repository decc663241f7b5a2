import { defaultFrameLimits } from './frame-limits.ts';
import { networkError, request } from './http-request.ts';
import type { ArrivedJpeg, JpegFeed } from './jpeg-camera.ts';
import type { OpenOptions } from './open-options.ts';
import { SourceError } from './source-error.ts';
import { defaultSnapshotRate, defaultTimeoutMs } from './timeouts.ts';
import { Watchdog } from './watchdog.ts';
import { waitUntil } from './wait-until.ts';

/** A camera that gives one JPEG a request: asked at a steady rate, never twice at the same time. */
export class SnapshotFeed implements JpegFeed {
  readonly replaced = 0;
  readonly #url: string;
  readonly #name: string;
  readonly #options: OpenOptions;
  readonly #watchdog: Watchdog;
  readonly #stop = new AbortController();
  #nextAtUs = Number.NEGATIVE_INFINITY;

  constructor(url: string, name: string, options: OpenOptions) {
    this.#url = url;
    this.#name = name;
    this.#options = options;
    const signals = options.signal ? [options.signal, this.#stop.signal] : [this.#stop.signal];
    this.#watchdog = new Watchdog(name, AbortSignal.any(signals));
  }

  async next(): Promise<ArrivedJpeg> {
    const {
      now,
      framesPerSecond = defaultSnapshotRate,
      connectTimeoutMs = defaultTimeoutMs,
      readTimeoutMs = defaultTimeoutMs,
    } = this.#options;
    const { signal } = this.#watchdog;
    const first = this.#nextAtUs === Number.NEGATIVE_INFINITY;
    await waitUntil(this.#nextAtUs, now, signal);
    if (signal.aborted) throw signal.reason;
    // A camera slower than the rate is asked again at once, and no debt of requests builds up.
    this.#nextAtUs = Math.max(this.#nextAtUs, now()) + 1e6 / framesPerSecond;
    this.#watchdog.feed(first ? connectTimeoutMs : readTimeoutMs);
    try {
      const bytes = await this.#fetch(signal);
      return { bytes, arrivedAtUs: now() };
    } catch (error) {
      throw networkError(error, this.#name, signal);
    } finally {
      this.#watchdog.stop();
    }
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#watchdog.stop();
  }

  async #fetch(signal: AbortSignal): Promise<Uint8Array> {
    const response = await request(this.#url, this.#name, signal);
    const contentType = response.headers.get('content-type') ?? '';
    if (/^(text|multipart|video|audio)\//i.test(contentType)) {
      await response.body?.cancel();
      const advice = /^multipart/i.test(contentType)
        ? 'Put mjpeg+ in front of the address.'
        : 'Check the path in the address.';
      throw new SourceError(
        'NOT_MEDIA',
        `${this.#name}: expected a JPEG picture, got ${contentType}. ${advice}`,
      );
    }
    return this.#body(response);
  }

  async #body(response: Response): Promise<Uint8Array> {
    const { maxJpegBytes } = this.#options.limits ?? defaultFrameLimits;
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      if (length > maxJpegBytes) {
        throw new SourceError('TOO_LARGE', `${this.#name}: a picture is larger than ${maxJpegBytes} bytes.`);
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }
}
