/** Seeded numbers, the same on every machine. Each part of the model draws from a stream of its own. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal (Box and Muller 1958). */
  normal(): number;
  /** Exponential with this mean. */
  exponential(mean: number): number;
}

/**
 * A stream named by seed and labels. Policies that are compared meet the same weather: what a camera sees does not
 * depend on what else draws numbers (common random numbers).
 */
export function createRandom(seed: number, ...labels: readonly (string | number)[]): Random {
  let state = labels.reduce<number>((hash, label) => mixText(hash, String(label)), seed | 0);
  /** Mulberry32. */
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    exponential: (mean) => -mean * Math.log(1 - uniform()),
  };
}

/** FNV-1a over the characters. */
function mixText(hash: number, text: string): number {
  let mixed = hash ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i++) mixed = Math.imul(mixed ^ text.charCodeAt(i), 0x01000193);
  return mixed ^ (mixed >>> 13);
}
