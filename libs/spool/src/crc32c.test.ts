import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crc32c } from './crc32c.ts';

const ascending = Uint8Array.from({ length: 32 }, (_, i) => i);

it.each([
  ['32 zeros', new Uint8Array(32), 0x8a9136aa],
  ['32 ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
  ['0 to 31', ascending, 0x46dd794e],
  ['31 to 0', ascending.toReversed(), 0x113fdb5c],
  ['the check value', Buffer.from('123456789'), 0xe3069283],
  ['nothing', new Uint8Array(0), 0],
])('the checksum of %s is that of RFC 3720', (_what, bytes, checksum) => {
  expect(crc32c(bytes)).toBe(checksum);
});

it('the checksum of two parts is that of the whole, wherever it is parted', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, at) => {
      expect(crc32c(bytes.subarray(at), crc32c(bytes.subarray(0, at)))).toBe(crc32c(bytes));
    }),
  );
});
