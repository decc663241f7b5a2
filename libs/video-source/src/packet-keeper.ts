import type { Packet } from 'node-av/lib';
import type { DecodedStream, DecodedUnit } from './decoded-stream.ts';
import type { PacketFacts, PacketJudge } from './packet-judge.ts';
import { hasLumaPlane } from './picture.ts';

/** A decoded picture and when its packet was captured, as the reader said it. */
export interface TimedUnit<At = number> {
  readonly unit: DecodedUnit;
  readonly capturedAtUs: At;
  /** Decoded only after a later packet had come. */
  readonly late: boolean;
  /** Frames just before it that will never be decoded. */
  readonly undecodedBefore: number;
}

interface Kept<At> {
  readonly packet: Packet;
  readonly capturedAtUs: At;
}

/** Compressed bytes that are kept at most: 20 s at 3 Mbit/s. */
const maxKeptBytes = 8 * 1024 * 1024;

/**
 * Leaves packets undecoded while its judge lets it. All packets since a decoded key frame are kept, so that decoding can
 * go on there at any time and no frame is lost; with the next key frame that the judge looks at either all that was
 * kept before becomes needless, or it is decoded at last.
 */
export class PacketKeeper<At = number> {
  readonly #stream: DecodedStream;
  readonly #judge: PacketJudge | undefined;
  /** From a key frame on, the first of them decoded and given away. */
  #kept: Kept<At>[] = [];
  #keptBytes = 0;
  #given = 0;
  /** A calm key frame among the kept packets that waits until `keepUs` have passed. */
  #calm: { readonly at: number; readonly sinceUs: number; readonly units: TimedUnit<At>[] } | undefined;

  /** Without a judge every packet is decoded as it comes; with B-frames, too, which no key frame ends. */
  constructor(stream: DecodedStream, judge: PacketJudge | undefined) {
    this.#stream = stream;
    this.#judge = stream.reorders ? undefined : judge;
  }

  /** Takes the packet that the stream has read last, or its end. Gives pictures in the order of the stream. */
  take(atUs: number, capturedAtUs: At): TimedUnit<At>[] {
    const { packet } = this.#stream;
    if (!packet) return this.#end(capturedAtUs);
    if (!this.#judge) return this.#decode(packet, capturedAtUs, false);
    const facts: PacketFacts = { bytes: packet.size, keyFrame: packet.isKeyframe, atUs };
    const verdict = this.#judge.judge(facts);
    if (packet.isKeyframe && this.#given === this.#kept.length) this.#forget(this.#kept.length);
    else if (this.#kept.length === 0) return this.#decode(packet, capturedAtUs, false);
    this.#keep(packet, capturedAtUs);
    if (this.#kept.length === 1 || verdict === 'decode' || this.#keptBytes > maxKeptBytes)
      return this.#catchUp();
    if (packet.isKeyframe && verdict === 'look') return this.#lookAt(this.#judge, packet, atUs, capturedAtUs);
    return this.#calm && atUs - this.#calm.sinceUs >= this.#judge.keepUs ? this.#settle() : [];
  }

  /** Tells how many frames at the end will never be decoded. */
  close(): number {
    for (const { unit } of this.#calm?.units ?? []) unit.frame.free();
    this.#calm = undefined;
    const undecoded = this.#kept.length - this.#given;
    this.#given = this.#kept.length;
    this.#forget(this.#kept.length);
    return undecoded;
  }

  #end(capturedAtUs: At): TimedUnit<At>[] {
    const calm = this.#calm ? this.#settle() : [];
    return [...calm, ...timed(this.#stream.decode(), capturedAtUs, false)];
  }

  #keep(packet: Packet, capturedAtUs: At): void {
    const copy = packet.clone();
    if (!copy) throw new Error('FFmpeg could not keep a packet: out of memory.');
    this.#kept.push({ packet: copy, capturedAtUs });
    this.#keptBytes += copy.size;
  }

  /** A key frame after undecoded packets. */
  #lookAt(judge: PacketJudge, packet: Packet, atUs: number, capturedAtUs: At): TimedUnit<At>[] {
    // One that came before is calm for good once the next is there.
    const settled = this.#calm ? this.#settle() : [];
    this.#stream.flush();
    const units = this.#decode(packet, capturedAtUs, false);
    const frame = units[0]?.unit.frame;
    const [data] = (frame && hasLumaPlane(frame) && frame.data) || [];
    const luma = frame &&
      data && { data, stride: frame.linesize[0] ?? 0, width: frame.width, height: frame.height };
    const isCalm = luma !== undefined && judge.isCalm(luma, atUs);
    this.#calm = { at: this.#kept.length - 1, sinceUs: atUs, units };
    if (!isCalm) return [...settled, ...this.#catchUp()];
    return judge.keepUs > 0 ? settled : [...settled, ...this.#settle()];
  }

  /** The packets before the calm key frame are not needed. */
  #settle(): TimedUnit<At>[] {
    const { at = 0, units = [] } = this.#calm ?? {};
    this.#calm = undefined;
    const undecodedBefore = at - this.#given;
    this.#forget(at);
    this.#given = 1;
    return units.map((unit) => ({ ...unit, undecodedBefore }));
  }

  /** Decodes all that was kept and not given away yet. */
  #catchUp(): TimedUnit<At>[] {
    const anew = this.#calm !== undefined;
    for (const { unit } of this.#calm?.units ?? []) unit.frame.free();
    this.#calm = undefined;
    if (anew) this.#stream.flush();
    const units = this.#kept.flatMap(({ packet, capturedAtUs }, index) => {
      if (!anew && index < this.#given) return [];
      const decoded = this.#decode(packet, capturedAtUs, index < this.#kept.length - 1);
      if (index >= this.#given) return decoded;
      for (const { unit } of decoded) unit.frame.free();
      return [];
    });
    this.#given = this.#kept.length;
    const lastKeyFrame = this.#kept.findLastIndex(({ packet }) => packet.isKeyframe);
    this.#forget(this.#keptBytes > maxKeptBytes ? this.#kept.length : lastKeyFrame);
    return units;
  }

  #decode(packet: Packet, capturedAtUs: At, late: boolean): TimedUnit<At>[] {
    return timed(this.#stream.decode(packet), capturedAtUs, late);
  }

  /** Lets go of the oldest packets. */
  #forget(count: number): void {
    for (const { packet } of this.#kept.splice(0, count)) {
      this.#keptBytes -= packet.size;
      packet.free();
    }
    this.#given = Math.max(0, this.#given - count);
  }
}

function timed<At>(units: readonly DecodedUnit[], capturedAtUs: At, late: boolean): TimedUnit<At>[] {
  return units.map((unit) => ({ unit, capturedAtUs, late, undecodedBefore: 0 }));
}
