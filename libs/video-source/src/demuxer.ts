import { Dictionary, FormatContext, InputFormat } from 'node-av/lib';
import type { Packet, Stream } from 'node-av/lib';
import {
  AVDISCARD_ALL,
  AVMEDIA_TYPE_VIDEO,
  AV_DISPOSITION_ATTACHED_PIC,
  AV_NOPTS_VALUE,
} from 'node-av/constants';
import { again, endOfStream, invalidData, newPacket, timedOut } from './ffmpeg.ts';
import { SourceError } from './source-error.ts';

export interface DemuxerInput {
  /** The source as people may read it. */
  readonly name: string;
  readonly url: string;
  /** FFmpeg's demuxer by name; null: probe. */
  readonly format: string | null;
  readonly options: Readonly<Record<string, string | number>>;
  /** Until the streams are known, ms. */
  readonly timeoutMs: number;
  /** After which FFmpeg gives a silent socket up, ms; it is set among the options. */
  readonly silenceMs: number;
  readonly maxPixels: number;
  /** A camera, which may hang. */
  readonly live: boolean;
  /** Told the sizes in the header, before anything is decoded. @throws {SourceError} */
  readonly checkSize: (width: number, height: number) => void;
  readonly signal: AbortSignal | undefined;
  readonly onReading: ((reading: boolean) => void) | undefined;
  /** What a failed open means for this kind of source. */
  readonly explain: (code: number) => SourceError;
}

/** Compressed packets of the one video stream of an input. Reads block the thread, for which FFmpeg's own time-outs are set. */
export class Demuxer {
  readonly stream: Stream;
  /** Of the video stream, by its header; null when the header doesn't say. */
  readonly durationSeconds: number | null;
  readonly #context: FormatContext;
  readonly #input: DemuxerInput;
  readonly #index: number;
  readonly #packet: Packet = newPacket();

  private constructor(context: FormatContext, stream: Stream, input: DemuxerInput) {
    this.#context = context;
    this.#input = input;
    this.stream = stream;
    this.#index = stream.index;
    this.durationSeconds = durationOf(context, stream);
  }

  /** @throws {SourceError} */
  static async open(input: DemuxerInput): Promise<Demuxer> {
    const context = new FormatContext();
    // Before it is opened, or interrupt() has nothing to hold on to.
    context.allocContext();
    const startedAt = performance.now();
    // Asynchronous, so that interrupt() can end what a socket's own time-out doesn't: a server that dribbles.
    const interrupt = (): void => context.interrupt();
    const deadline = setTimeout(interrupt, input.timeoutMs);
    input.signal?.addEventListener('abort', interrupt);
    try {
      input.signal?.throwIfAborted();
      await openStreams(context, input);
      return new Demuxer(context, chooseVideo(context, input.name), input);
    } catch (error) {
      await context.closeInput();
      if (input.signal?.aborted) throw new SourceError('ABORTED', `${input.name}: opening it was given up.`);
      // FFmpeg calls an interrupted or unanswered request invalid data.
      const waitedMs = performance.now() - startedAt;
      throw waitedMs >= Math.min(input.timeoutMs, input.silenceMs) ? tooSlow(input.name, waitedMs) : error;
    } finally {
      clearTimeout(deadline);
      input.signal?.removeEventListener('abort', interrupt);
    }
  }

  /** The next video packet, valid until the next call; or FFmpeg's code at the end and on failure. */
  read(): Packet | number {
    const { live, silenceMs, onReading } = this.#input;
    const startedAt = performance.now();
    onReading?.(true);
    const code = this.#readVideo();
    onReading?.(false);
    if (code < 0) return code;
    // FFmpeg's time-out is for a silent socket; a camera whose video has stopped often goes on with RTCP.
    return live && performance.now() - startedAt > silenceMs ? timedOut : this.#packet;
  }

  #readVideo(): number {
    for (;;) {
      this.#packet.unref();
      const code = this.#context.readFrameSync(this.#packet);
      if (code < 0 && code !== again) return code;
      if (code >= 0 && this.#packet.streamIndex === this.#index) return code;
    }
  }

  close(): void {
    this.#packet.free();
    this.#context.closeInputSync();
  }
}

async function openStreams(context: FormatContext, input: DemuxerInput): Promise<void> {
  const format = input.format === null ? null : InputFormat.findInputFormat(input.format);
  if (input.format !== null && !format) {
    throw new SourceError('UNSUPPORTED', `${input.name}: this build of FFmpeg can't read ${input.format}.`);
  }
  const opened = await context.openInput(input.url, format, Dictionary.fromObject({ ...input.options }));
  if (opened < 0) throw input.explain(opened);
  for (const { codecpar } of context.streams)
    if (codecpar.width > 0) input.checkSize(codecpar.width, codecpar.height);
  const found = await findStreams(context, input);
  if (found < 0 && found !== endOfStream) throw input.explain(found);
  if (context.nbStreams === 0) throw input.explain(invalidData);
}

/**
 * Probing may decode a picture. node-av passes decoder limits on for one stream only and only synchronously,
 * which a camera that dribbles would never let return.
 */
async function findStreams(context: FormatContext, { live, maxPixels }: DemuxerInput): Promise<number> {
  if (live || context.nbStreams !== 1) return context.findStreamInfo();
  return context.findStreamInfoSync(Dictionary.fromObject({ max_pixels: maxPixels }));
}

function chooseVideo(context: FormatContext, name: string): Stream {
  const index = context.findBestStream(AVMEDIA_TYPE_VIDEO, -1, -1);
  const video = context.streams.find((stream) => stream.index === index);
  if (!video || video.hasDisposition(AV_DISPOSITION_ATTACHED_PIC)) {
    throw new SourceError('NO_VIDEO', `${name}: there is no video in it.`);
  }
  for (const stream of context.streams) if (stream.index !== index) stream.discard = AVDISCARD_ALL;
  return video;
}

/** Matroska keeps the length of each track in a tag; the file's own length may be that of its sound. */
function durationOf(context: FormatContext, stream: Stream): number | null {
  if (stream.duration !== AV_NOPTS_VALUE && stream.duration > 0n) {
    return Math.round(Number(stream.duration) * stream.timeBase.toDouble() * 1e6) / 1e6;
  }
  const [, hours, minutes, seconds] =
    /^(\d+):(\d+):([\d.]+)$/.exec(stream.metadata?.get('DURATION') ?? '') ?? [];
  if (seconds !== undefined) return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return context.nbStreams === 1 && context.duration > 0n ? Number(context.duration) / 1e6 : null;
}

function tooSlow(name: string, waitedMs: number): SourceError {
  return new SourceError('TIMEOUT', `${name}: no video came within ${(waitedMs / 1000).toFixed(1)} s.`);
}
