import { captureFrame, PictureTools } from './captured-frame.ts';
import type { DecodedStream, DecodedUnit, ReadPacket } from './decoded-stream.ts';
import { endOfStream, sourceErrorOf } from './ffmpeg.ts';
import { defaultFrameLimits } from './frame-limits.ts';
import { LiveBacklog } from './live-backlog.ts';
import type { OpenOptions, SourceInfo } from './open-options.ts';
import type { FrameReader, VideoFrame } from './video-frame.ts';

/** Frames of a camera that FFmpeg reads (RTSP, V4L2): always the newest; what is stale is decoded and dropped. */
export class StreamReader implements FrameReader {
  readonly info: SourceInfo;
  skipped = 0;
  readonly #name: string;
  readonly #options: OpenOptions;
  readonly #backlog = new LiveBacklog();
  readonly #tools = new PictureTools();
  readonly #shared;
  #stream: DecodedStream | undefined;
  #undecodableBefore = 0;
  #waiting: { unit: DecodedUnit; packet: ReadPacket }[] = [];
  #index = 0;

  constructor(name: string, info: SourceInfo, stream: DecodedStream, options: OpenOptions) {
    this.info = info;
    this.#name = name;
    this.#shared = { name, limits: options.limits ?? defaultFrameLimits, tools: this.#tools };
    this.#options = options;
    this.#stream = stream;
  }

  get undecodable(): number {
    return this.#undecodableBefore + (this.#stream?.undecodable ?? 0);
  }

  async read(): Promise<VideoFrame | null> {
    while (this.#stream && !this.#options.signal?.aborted) {
      const ready = this.#waiting.shift();
      if (ready) return this.#frame(ready.unit, ready.packet);
      if (this.#stream.ended !== undefined) return this.#end(this.#stream.ended);
      this.#decodeNext(this.#stream);
    }
    return null;
  }

  async close(): Promise<void> {
    for (const { unit } of this.#waiting.splice(0)) unit.frame.free();
    this.#undecodableBefore = this.undecodable;
    this.#stream?.close();
    this.#stream = undefined;
    this.#tools.close();
  }

  #decodeNext(stream: DecodedStream): void {
    const packet = stream.advance();
    for (const unit of stream.decode()) {
      const arrival = { ...packet, mediaTimeUs: unit.mediaTimeUs, intervalUs: stream.intervalUs };
      if (this.#backlog.isStale(arrival)) this.#skip(unit);
      else this.#waiting.push({ unit, packet });
    }
  }

  #skip(unit: DecodedUnit): void {
    unit.frame.free();
    this.skipped += 1;
    this.#index += 1;
  }

  #frame({ frame, ...facts }: DecodedUnit, { arrivedAtUs }: ReadPacket): VideoFrame {
    return captureFrame(frame, { ...facts, index: this.#index++, capturedAtUs: arrivedAtUs }, this.#shared);
  }

  #end(code: number): null {
    if (code === endOfStream) return null;
    throw sourceErrorOf(code, this.#name);
  }
}
