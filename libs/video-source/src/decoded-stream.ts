import type { Frame, Packet } from 'node-av/lib';
import { AV_NOPTS_VALUE } from 'node-av/constants';
import type { Demuxer } from './demuxer.ts';
import { SourceError } from './source-error.ts';
import type { VideoDecoder } from './video-decoder.ts';

/** One compressed packet as it was read. Times in µs; media time starts at 0. */
export interface ReadPacket {
  /** When its turn to be decoded comes (decoding order). */
  readonly decodeTimeUs: number;
  readonly arrivedAtUs: number;
  readonly readUs: number;
}

export interface DecodedUnit {
  readonly frame: Frame;
  readonly mediaTimeUs: number;
  readonly keyFrame: boolean;
  readonly packetBytes: number;
  readonly decodeMs: number;
}

/** Packets in a row without a picture after which a source counts as garbage. */
const maxBarrenPackets = 300;
const defaultIntervalUs = 40_000;

/** Demuxer and decoder as one: `advance()` reads a packet, `decode()` gives the pictures that it completes. */
export class DecodedStream {
  readonly intervalUs: number;
  /** The end of the last picture, µs. */
  endUs = 0;
  frames = 0;
  undecodable = 0;
  /** FFmpeg's code once reading has ended. */
  ended: number | undefined;
  readonly #demuxer: Demuxer;
  readonly #decoder: VideoDecoder;
  readonly #name: string;
  readonly #now: () => number;
  readonly #bytesByPts = new Map<bigint, number>();
  readonly #usPerTick: number;
  #packet: Packet | undefined;
  #first: { pts: bigint; dts: bigint } | undefined;
  #lastDecodeTimeUs = 0;
  #barren = 0;
  #decodeMs = 0;

  constructor(demuxer: Demuxer, decoder: VideoDecoder, name: string, now: () => number) {
    this.#demuxer = demuxer;
    this.#decoder = decoder;
    this.#name = name;
    this.#now = now;
    this.#usPerTick = demuxer.stream.timeBase.toDouble() * 1e6;
    const framesPerSecond = frameRateOf(demuxer);
    this.intervalUs = framesPerSecond === null ? defaultIntervalUs : 1e6 / framesPerSecond;
  }

  /** Reads on; at the end `ended` is set and the packet stands for what the decoder still holds. */
  advance(): ReadPacket {
    const startedAtUs = this.#now();
    const read = this.#demuxer.read();
    const arrivedAtUs = this.#now();
    if (typeof read === 'number') {
      this.ended = read;
      this.#packet = undefined;
      this.#lastDecodeTimeUs += this.intervalUs;
    } else {
      this.#packet = read;
      this.#note(read);
    }
    return { decodeTimeUs: this.#lastDecodeTimeUs, arrivedAtUs, readUs: arrivedAtUs - startedAtUs };
  }

  /** Whether a picture may be shown after one that comes later: with B-frames. */
  get reorders(): boolean {
    return this.#demuxer.stream.codecpar.videoDelay > 0;
  }

  /** The packet that was read last, valid until the next is read; undefined at the end. */
  get packet(): Packet | undefined {
    return this.#packet;
  }

  /** The decoder begins anew, with the next key frame. */
  flush(): void {
    this.#decoder.flush();
  }

  /** Decodes the packet that was read last, or another one that was kept. */
  decode(packet: Packet | undefined = this.#packet): DecodedUnit[] {
    const startedAt = performance.now();
    const units: DecodedUnit[] = [];
    if (packet) this.#noteSize(packet);
    let understood = this.#decoder.send(packet ?? null);
    for (let frame = this.#decoder.receive(); frame !== null; frame = this.#decoder.receive()) {
      if (frame === 'corrupt') {
        understood = false;
        break;
      }
      const decodeMs = this.#decodeMs + performance.now() - startedAt;
      this.#decodeMs = 0;
      units.push(this.#unit(frame, packet?.size ?? 0, decodeMs));
    }
    if (units.length === 0) this.#decodeMs += performance.now() - startedAt;
    this.#judge(understood, units.length);
    return units;
  }

  close(): void {
    this.#decoder.close();
    this.#demuxer.close();
  }

  #noteSize({ pts, size }: Packet): void {
    if (pts === AV_NOPTS_VALUE) return;
    if (this.#bytesByPts.size > 64) this.#bytesByPts.clear();
    this.#bytesByPts.set(pts, size);
  }

  #note(packet: Packet): void {
    const dts = packet.dts === AV_NOPTS_VALUE ? packet.pts : packet.dts;
    if (dts === AV_NOPTS_VALUE) {
      this.#lastDecodeTimeUs += this.intervalUs;
    } else {
      this.#first ??= { pts: packet.pts === AV_NOPTS_VALUE ? dts : packet.pts, dts };
      this.#lastDecodeTimeUs = Number(dts - this.#first.dts) * this.#usPerTick;
    }
    // A packet that stays undecoded counts for the length of its stream, too.
    if (packet.pts !== AV_NOPTS_VALUE && this.#first)
      this.endUs = Math.max(
        this.endUs,
        Number(packet.pts - this.#first.pts) * this.#usPerTick + this.intervalUs,
      );
  }

  #unit(frame: Frame, size: number, decodeMs: number): DecodedUnit {
    const pts = frame.bestEffortTimestamp;
    const known = pts !== AV_NOPTS_VALUE && this.#first !== undefined;
    const mediaTimeUs = known ? Number(pts - (this.#first?.pts ?? 0n)) * this.#usPerTick : this.endUs;
    const packetBytes = this.#bytesByPts.get(frame.pts) ?? size;
    this.#bytesByPts.delete(frame.pts);
    this.endUs = Math.max(this.endUs, mediaTimeUs + this.intervalUs);
    this.frames += 1;
    return {
      frame,
      mediaTimeUs: Math.round(mediaTimeUs),
      keyFrame: frame.keyFrame === 1,
      packetBytes,
      decodeMs,
    };
  }

  #judge(understood: boolean, pictures: number): void {
    if (!understood) this.undecodable += 1;
    this.#barren = pictures > 0 || this.ended !== undefined ? 0 : this.#barren + 1;
    if (this.#barren > maxBarrenPackets) {
      throw new SourceError(
        'CORRUPT',
        `${this.#name}: no picture could be decoded from ${maxBarrenPackets} packets.`,
      );
    }
  }
}

/** By the header, Hz; null where it is missing or absurd. */
export function frameRateOf(demuxer: Demuxer): number | null {
  const rates = [demuxer.stream.avgFrameRate, demuxer.stream.rFrameRate].map((rate) => rate.num / rate.den);
  return rates.find((rate) => rate > 0.01 && rate <= 1000) ?? null;
}
