import type { AccessUnit } from './access-units.ts';

/** Ticks of RTP's clock for video a second (RFC 6184). */
export const rtpTicksPerSecond = 90_000;
export const rtpPayloadType = 96;
const mostPayloadBytes = 1400;
const headerBytes = 12;
const fragmentType = 28;

export interface RtpStream {
  readonly ssrc: number;
  /** Of the next packet, 0..65535. */
  sequence: number;
}

/**
 * The packets of a picture: a NAL unit in each, or in fragments (FU-A) where it is too long; the last has the marker.
 * @param timestamp ticks of 1/90000 s, modulo 2^32
 */
export function rtpPackets(unit: AccessUnit, timestamp: number, stream: RtpStream): Buffer[] {
  const payloads = unit.flatMap(payloadsOf);
  return payloads.map((payload, index) => {
    const header = Buffer.alloc(headerBytes);
    const marker = index === payloads.length - 1 ? 0x80 : 0;
    header[0] = 0x80; // version 2
    header[1] = marker | rtpPayloadType;
    header.writeUInt16BE(stream.sequence, 2);
    header.writeUInt32BE(timestamp % 2 ** 32, 4);
    header.writeUInt32BE(stream.ssrc, 8);
    stream.sequence = (stream.sequence + 1) % 2 ** 16;
    return Buffer.concat([header, payload]);
  });
}

function payloadsOf(nal: Uint8Array): Uint8Array[] {
  if (nal.length <= mostPayloadBytes) return [nal];
  const first = nal[0] ?? 0;
  const indicator = (first & 0xe0) | fragmentType;
  const fragments: Uint8Array[] = [];
  for (let at = 1; at < nal.length; at += mostPayloadBytes) {
    const piece = nal.subarray(at, at + mostPayloadBytes);
    const start = at === 1 ? 0x80 : 0;
    const end = at + mostPayloadBytes >= nal.length ? 0x40 : 0;
    fragments.push(Buffer.concat([Buffer.from([indicator, start | end | (first & 0x1f)]), piece]));
  }
  return fragments;
}
