import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readH264 } from './access-units.ts';
import { rtpPackets } from './rtp-h264.ts';

/** As a receiver puts NAL units together again (RFC 6184, sections 5.6 and 5.8). */
function reassemble(packets: readonly Buffer[]): Buffer[] {
  const nals: Buffer[] = [];
  for (const packet of packets) {
    const payload = packet.subarray(12);
    const [indicator = 0, header = 0] = payload;
    if ((indicator & 0x1f) !== 28) nals.push(payload);
    else if ((header & 0x80) !== 0)
      nals.push(Buffer.concat([Buffer.from([(indicator & 0xe0) | (header & 0x1f)]), payload.subarray(2)]));
    else nals.push(Buffer.concat([nals.pop() ?? Buffer.alloc(0), payload.subarray(2)]));
  }
  return nals;
}

const nal = fc
  .tuple(fc.constantFrom(0x65, 0x41, 0x67, 0x68), fc.integer({ min: 1, max: 5000 }))
  .map(([first, length]) => Buffer.concat([Buffer.from([first]), Buffer.alloc(length, length % 251)]));

describe('RTP packets', () => {
  it('carry NAL units of any length whole, none longer than a network takes, the last one marked', () => {
    fc.assert(
      fc.property(fc.array(nal, { minLength: 1, maxLength: 4 }), (unit) => {
        const stream = { ssrc: 7, sequence: 65_530 };
        const packets = rtpPackets(unit, 90_000, stream);
        expect(reassemble(packets).map(String)).toEqual(unit.map(String));
        expect(Math.max(...packets.map(({ length }) => length))).toBeLessThanOrEqual(1414);
        expect(packets.map((packet) => (packet[1] ?? 0) >> 7)).toEqual(
          packets.map((_, index) => Number(index === packets.length - 1)),
        );
        expect(packets.map((packet) => packet.readUInt16BE(2))).toEqual(
          packets.map((_, index) => (65_530 + index) % 65_536),
        );
      }),
    );
  });
});

describe('a byte stream', () => {
  it('is split into pictures, each with what stands before it', () => {
    const start = [0, 0, 0, 1];
    const stream = Uint8Array.from([
      ...start,
      0x67,
      1,
      2,
      3,
      ...start,
      0x68,
      4,
      0,
      0,
      1,
      0x65,
      0x88,
      9,
      0,
      0,
      1,
      0x65,
      0x08,
      8,
      ...start,
      0x41,
      0x9a,
      7,
    ]);
    const { units, sequenceParameters, pictureParameters } = readH264(stream);
    expect(units.map((unit) => unit.map((each) => each[0]))).toEqual([[0x67, 0x68, 0x65, 0x65], [0x41]]);
    expect([...sequenceParameters]).toEqual([0x67, 1, 2, 3]);
    expect([...pictureParameters]).toEqual([0x68, 4]);
  });

  it('without pictures is refused', () => {
    expect(() => readH264(Uint8Array.from([1, 2, 3]))).toThrow('3 bytes without pictures');
  });
});
