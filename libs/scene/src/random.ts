/** Three integers to 32 well-mixed bits (the finaliser of MurmurHash3 between the inputs). */
export function hash(a: number, b: number, c: number): number {
  return mix(mix(mix(a ^ 0x9e3779b9) ^ b) ^ c);
}

/** The same as a number in [0, 1). */
export function hashUnit(a: number, b: number, c: number): number {
  return hash(a, b, c) / 2 ** 32;
}

/** A stream of numbers in [0, 1) that depends on the seed alone. */
export function randomStream(seed: number): () => number {
  let index = 0;
  return () => hashUnit(seed, index++, 0x51ed);
}

/** Maps a number in [0, 1) onto an element of a non-empty list. */
export function pick<T>(list: readonly [T, ...T[]], unit: number): T {
  return list[Math.floor(unit * list.length)] ?? list[0];
}

function mix(bits: number): number {
  let h = bits | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
