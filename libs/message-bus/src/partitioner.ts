const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;

/** MurmurHash2 (Austin Appleby, 2008), 32 bits, with the seed of Kafka's Java client. Returns a signed integer. */
export function murmur2(data: Uint8Array): number {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const wordEnd = data.length & ~3;
  let hash = SEED ^ data.length;
  for (let position = 0; position < wordEnd; position += 4) {
    let word = Math.imul(view.getInt32(position, true), MULTIPLIER);
    word = Math.imul(word ^ (word >>> 24), MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ word;
  }
  if (wordEnd < data.length) {
    for (let position = wordEnd; position < data.length; position += 1) {
      hash ^= view.getUint8(position) << (8 * (position - wordEnd));
    }
    hash = Math.imul(hash, MULTIPLIER);
  }
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return hash ^ (hash >>> 15);
}

const encoder = new TextEncoder();

/** The partition that Kafka's default partitioner chooses for a key: murmur2 of its UTF-8 bytes, sign bit cleared. */
export function partitionForKey(key: string, partitions: number): number {
  return (murmur2(encoder.encode(key)) & 0x7fffffff) % partitions;
}
