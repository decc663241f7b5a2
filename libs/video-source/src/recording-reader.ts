import { captureFrame, PictureTools } from './captured-frame.ts';
import type { DecodedStream, DecodedUnit, ReadPacket } from './decoded-stream.ts';
import { defaultFrameLimits } from './frame-limits.ts';
import type { OpenOptions, SourceInfo } from './open-options.ts';
import { PacketKeeper } from './packet-keeper.ts';
import type { TimedUnit } from './packet-keeper.ts';
import { PlaybackSchedule } from './playback-schedule.ts';
import { SourceError } from './source-error.ts';
import type { FrameReader, VideoFrame } from './video-frame.ts';
import { waitUntil } from './wait-until.ts';

/** Frames of a file: at its own pace or at once, one time or again and again. */
export class RecordingReader implements FrameReader {
  readonly info: SourceInfo;
  skipped = 0;
  undecoded = 0;
  readonly #name: string;
  readonly #options: OpenOptions;
  readonly #reopen: () => Promise<DecodedStream>;
  readonly #schedule: PlaybackSchedule;
  readonly #tools = new PictureTools();
  readonly #shared;
  #stream: DecodedStream | undefined;
  #keeper: PacketKeeper<number | null>;
  #waiting: TimedUnit[] = [];
  #undecodableBefore = 0;
  /** Media time at which this pass over the file began, µs. */
  #passStartUs = 0;
  #index = 0;

  constructor(
    name: string,
    info: SourceInfo,
    stream: DecodedStream,
    reopen: () => Promise<DecodedStream>,
    options: OpenOptions,
  ) {
    this.info = info;
    this.#name = name;
    this.#shared = { name, limits: options.limits ?? defaultFrameLimits, tools: this.#tools };
    this.#options = options;
    this.#stream = stream;
    this.#keeper = new PacketKeeper(stream, options.packets);
    this.#reopen = reopen;
    this.#schedule = new PlaybackSchedule(stream.intervalUs);
  }

  get undecodable(): number {
    return this.#undecodableBefore + (this.#stream?.undecodable ?? 0);
  }

  async read(): Promise<VideoFrame | null> {
    while (!this.#options.signal?.aborted) {
      const ready = this.#waiting.shift();
      if (ready) return this.#frame(ready);
      const stream = this.#stream;
      if (!stream) return null;
      if (stream.ended === undefined) await this.#decodeNext(stream);
      else await this.#endPass(stream);
    }
    this.#giveUp(this.#keeper.close());
    return null;
  }

  async close(): Promise<void> {
    for (const { unit } of this.#waiting.splice(0)) unit.frame.free();
    this.#giveUp(this.#keeper.close());
    this.#stream?.close();
    this.#stream = undefined;
    this.#tools.close();
  }

  async #decodeNext(stream: DecodedStream): Promise<void> {
    const packet = stream.advance();
    const capturedAtUs = await this.#due(packet);
    if (this.#stream !== stream) return;
    const readAtOnce = this.#options.pace === 'none';
    const atUs = readAtOnce ? this.#passStartUs + packet.decodeTimeUs : (capturedAtUs ?? packet.arrivedAtUs);
    for (const { capturedAtUs: cameAtUs, ...taken } of this.#keeper.take(atUs, capturedAtUs)) {
      if (cameAtUs === null) this.#skip(taken.unit, taken.undecodedBefore);
      else this.#waiting.push({ ...taken, capturedAtUs: cameAtUs });
    }
  }

  /** When the packet's pictures count as captured; null when they come too late to be shown. */
  async #due(packet: ReadPacket): Promise<number | null> {
    const { pace, now, signal } = this.#options;
    if (pace === 'none') return packet.arrivedAtUs;
    for (;;) {
      const playback = this.#schedule.decide(this.#passStartUs + packet.decodeTimeUs, now());
      if (playback.action === 'skip' || signal?.aborted) return null;
      if (playback.action === 'show') return playback.dueUs;
      await waitUntil(playback.untilUs, now, signal);
    }
  }

  #giveUp(undecoded: number): void {
    this.undecoded += undecoded;
    this.#index += undecoded;
  }

  #skip(unit: DecodedUnit, undecodedBefore: number): void {
    this.#giveUp(undecodedBefore);
    unit.frame.free();
    this.skipped += 1;
    this.#index += 1;
  }

  #frame({ unit, capturedAtUs, late, undecodedBefore }: TimedUnit): VideoFrame {
    const { frame, mediaTimeUs, ...facts } = unit;
    this.#giveUp(undecodedBefore);
    const at = { index: this.#index++, mediaTimeUs: this.#passStartUs + mediaTimeUs, capturedAtUs, late };
    return captureFrame(frame, { ...facts, ...at }, this.#shared);
  }

  /** @throws {SourceError} when the file held nothing, or less than its header says. */
  async #endPass(stream: DecodedStream): Promise<void> {
    this.#undecodableBefore += stream.undecodable;
    this.#stream = undefined;
    this.#giveUp(this.#keeper.close());
    stream.close();
    if (stream.frames === 0)
      throw new SourceError('CORRUPT', `${this.#name}: not one frame could be decoded.`, {
        retryable: false,
      });
    if (!this.#options.loop) return this.#checkComplete(stream);
    this.#passStartUs += Math.round(stream.endUs);
    this.#stream = await this.#reopen();
    this.#keeper = new PacketKeeper(this.#stream, this.#options.packets);
  }

  #checkComplete(stream: DecodedStream): void {
    const { durationSeconds } = this.info;
    const toleranceUs = Math.max(3 * stream.intervalUs, 100_000);
    if (durationSeconds === null || stream.endUs + toleranceUs >= durationSeconds * 1e6) return;
    const [has, says] = [stream.endUs / 1e6, durationSeconds].map((seconds) => seconds.toFixed(1));
    throw new SourceError(
      'TRUNCATED',
      `${this.#name}: the file is cut short: ${has} s of ${says} s could be read.`,
    );
  }
}
