/**
 * CRC-32C (Castagnoli, polynomial 0x1EDC6F41, reflected): RFC 3720, appendix B.4. Eight bytes a step by eight tables
 * ("slicing by 8": Kounavis and Berry, "A Systematic Approach to Building High Performance Software-based CRC
 * Generators", ISCC 2005).
 */
const reflectedPolynomial = 0x82f63b78;
const slices = 8;
const tables = buildTables();

/** @param crc of the bytes before these, to go on from there; 0 begins */
export function crc32c(bytes: Uint8Array, crc = 0): number {
  let state = ~crc;
  let i = 0;
  const end = bytes.length - (bytes.length % slices);
  for (; i < end; i += slices) {
    const low = state ^ (bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24));
    state =
      tables[0x700 + (low & 0xff)]! ^
      tables[0x600 + ((low >>> 8) & 0xff)]! ^
      tables[0x500 + ((low >>> 16) & 0xff)]! ^
      tables[0x400 + (low >>> 24)]! ^
      tables[0x300 + bytes[i + 4]!]! ^
      tables[0x200 + bytes[i + 5]!]! ^
      tables[0x100 + bytes[i + 6]!]! ^
      tables[bytes[i + 7]!]!;
  }
  for (; i < bytes.length; i++) state = tables[(state ^ bytes[i]!) & 0xff]! ^ (state >>> 8);
  return ~state >>> 0;
}

/** Table k at 256 k: what a byte does to the checksum when k bytes follow it. */
function buildTables(): Int32Array {
  const all = new Int32Array(slices * 256);
  for (let byte = 0; byte < 256; byte++) {
    let state = byte;
    for (let bit = 0; bit < 8; bit++) state = (state >>> 1) ^ (state & 1 ? reflectedPolynomial : 0);
    all[byte] = state;
  }
  for (let i = 256; i < all.length; i++) {
    const before = all[i - 256]!;
    all[i] = all[before & 0xff]! ^ (before >>> 8);
  }
  return all;
}
