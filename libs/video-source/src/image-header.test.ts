import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readImageHeader } from './image-header.ts';

/** JPEG up to its frame header, with an application segment that holds a marker-like byte pair. */
const jpeg = (width: number, height: number): Uint8Array => {
  const bytes = Buffer.from('ffd8ffe00006ffc00000ffffc000110800000000030122', 'hex');
  bytes.writeUInt16BE(height, 16);
  bytes.writeUInt16BE(width, 18);
  return bytes;
};

const png = (width: number, height: number): Uint8Array => {
  const bytes = Buffer.from('89504e470d0a1a0a0000000d4948445200000000000000000802000000', 'hex');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
};

test('reads the size of any JPEG and PNG from its header', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 1, max: 65_535 }), (width, height) => {
      expect(readImageHeader(jpeg(width, height))).toEqual({ format: 'jpeg', width, height });
      expect(readImageHeader(png(width, height))).toEqual({ format: 'png', width, height });
    }),
  );
});

test('a header that is cut short is no header', () => {
  for (const whole of [jpeg(640, 480), png(640, 480)]) {
    for (let length = 0; length < 20; length++) expect(readImageHeader(whole.subarray(0, length))).toBeNull();
  }
});

test('noise behind the start of a JPEG gives a size or nothing, never an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
      const header = readImageHeader(Buffer.concat([Buffer.from('ffd8', 'hex'), noise]));
      expect(header?.format ?? 'jpeg').toBe('jpeg');
    }),
  );
});
