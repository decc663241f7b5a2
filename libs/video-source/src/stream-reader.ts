import { captureFrame, PictureTools } from './captured-frame.ts';
import type { DecodedStream } from './decoded-stream.ts';
import { endOfStream, sourceErrorOf } from './ffmpeg.ts';
import { defaultFrameLimits } from './frame-limits.ts';
import { LiveBacklog } from './live-backlog.ts';
import type { OpenOptions, SourceInfo } from './open-options.ts';
import { PacketKeeper } from './packet-keeper.ts';
import type { TimedUnit } from './packet-keeper.ts';
import type { FrameReader, VideoFrame } from './video-frame.ts';

/** Frames of a camera that FFmpeg reads (RTSP, V4L2): always the newest; what is stale is decoded and dropped. */
export class StreamReader implements FrameReader {
  readonly info: SourceInfo;
  skipped = 0;
  undecoded = 0;
  readonly #name: string;
  readonly #options: OpenOptions;
  readonly #backlog = new LiveBacklog();
  readonly #tools = new PictureTools();
  readonly #shared;
  readonly #keeper: PacketKeeper;
  #stream: DecodedStream | undefined;
  #undecodableBefore = 0;
  #waiting: TimedUnit[] = [];
  #index = 0;

  constructor(name: string, info: SourceInfo, stream: DecodedStream, options: OpenOptions) {
    this.info = info;
    this.#name = name;
    this.#shared = { name, limits: options.limits ?? defaultFrameLimits, tools: this.#tools };
    this.#options = options;
    this.#stream = stream;
    this.#keeper = new PacketKeeper(stream, options.packets);
  }

  get undecodable(): number {
    return this.#undecodableBefore + (this.#stream?.undecodable ?? 0);
  }

  async read(): Promise<VideoFrame | null> {
    while (this.#stream && !this.#options.signal?.aborted) {
      const ready = this.#waiting.shift();
      if (ready) return this.#frame(ready);
      if (this.#stream.ended !== undefined) return this.#end(this.#stream.ended);
      this.#decodeNext(this.#stream);
      // Packets that stay undecoded must not keep messages out of this thread.
      if (this.#waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    this.#giveUp(this.#keeper.close());
    return null;
  }

  async close(): Promise<void> {
    for (const { unit } of this.#waiting.splice(0)) unit.frame.free();
    this.#undecodableBefore = this.undecodable;
    this.#giveUp(this.#keeper.close());
    this.#stream?.close();
    this.#stream = undefined;
    this.#tools.close();
  }

  #decodeNext(stream: DecodedStream): void {
    const packet = stream.advance();
    for (const taken of this.#keeper.take(packet.arrivedAtUs, packet.arrivedAtUs)) {
      const { mediaTimeUs } = taken.unit;
      const arrival = { ...packet, mediaTimeUs, intervalUs: stream.intervalUs };
      if (!taken.late && this.#backlog.isStale(arrival)) this.#skip(taken);
      else this.#waiting.push(taken);
    }
  }

  #giveUp(undecoded: number): void {
    this.undecoded += undecoded;
    this.#index += undecoded;
  }

  #skip({ unit, undecodedBefore }: TimedUnit): void {
    this.#giveUp(undecodedBefore);
    unit.frame.free();
    this.skipped += 1;
    this.#index += 1;
  }

  #frame({ unit, capturedAtUs, late, undecodedBefore }: TimedUnit): VideoFrame {
    const { frame, ...facts } = unit;
    this.#giveUp(undecodedBefore);
    const at = { index: this.#index++, capturedAtUs, late };
    return captureFrame(frame, { ...facts, ...at }, this.#shared);
  }

  #end(code: number): null {
    this.#giveUp(this.#keeper.close());
    if (code === endOfStream) return null;
    throw sourceErrorOf(code, this.#name);
  }
}
