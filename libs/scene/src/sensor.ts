import type { Tone } from './conditions/condition.ts';
import type { Surface } from './painting/surface.ts';
import { hash } from './random.ts';

const noiseTableSize = 1 << 18;
/** Fixed-point one of the light map. */
const fullLight = 128;
/** Below this noise (levels) the colour planes stay clean, as cameras filter them harder. */
const leastChromaNoise = 2;

/** Turns light into an image: light map, exposure and noise in one pass over each plane. */
export class Sensor {
  readonly #noise: Int8Array;
  readonly #light: Uint8Array | undefined;
  readonly #noisyChroma: boolean;
  /** The largest value in the noise table: curves keep this distance from 0 and 255, so that sums can't overflow. */
  readonly #headroom: number;
  readonly #curve = new Uint8Array(512);
  readonly #seed: number;

  /** `light`: 0..255 for each pixel, 128 = full. */
  constructor(seed: number, noiseLevels: number, light: Uint8Array | undefined) {
    this.#seed = seed;
    this.#noise = noiseTable(seed, noiseLevels);
    this.#headroom = this.#noise.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    this.#noisyChroma = noiseLevels >= leastChromaNoise;
    this.#light = light;
  }

  expose(surface: Surface, tone: Tone, noiseIndex: number): void {
    const offset = hash(this.#seed, noiseIndex, 7000);
    const { y, u, v } = surface;
    const luma = new Uint8Array(y.buffer, y.byteOffset, y.length);
    this.#setCurve((level) => tone.gain * level + tone.offset);
    if (this.#light) exposeLit(luma, this.#light, this.#curve, this.#noise, offset);
    else expose(luma, this.#curve, this.#noise, offset);
    if (tone.saturation === 1 && !this.#noisyChroma) return;
    this.#setCurve((level) => 128 + (level - 128) * tone.saturation);
    const noise = this.#noisyChroma ? this.#noise : silence;
    expose(new Uint8Array(u.buffer, u.byteOffset, u.length), this.#curve, noise, offset >>> 1);
    expose(new Uint8Array(v.buffer, v.byteOffset, v.length), this.#curve, noise, offset >>> 2);
  }

  #setCurve(response: (level: number) => number): void {
    const least = this.#headroom;
    const most = 255 - this.#headroom;
    for (let level = 0; level < this.#curve.length; level++) {
      this.#curve[level] = Math.min(most, Math.max(least, Math.round(response(level))));
    }
  }
}

/** The light map of a function of place (shares of width and height). */
export function lightMap(
  width: number,
  height: number,
  light: (x: number, y: number) => number,
): Uint8Array<ArrayBuffer> {
  const map = new Uint8Array(width * height);
  for (let at = 0; at < map.length; at++) {
    const share = light((at % width) / width, Math.floor(at / width) / height);
    map[at] = Math.min(255, Math.round(fullLight * share));
  }
  return map;
}

const silence = new Int8Array(noiseTableSize);

/** Nearly Gaussian noise: the sum of four uniform numbers (variance 1/3). */
function noiseTable(seed: number, levels: number): Int8Array {
  const table = new Int8Array(noiseTableSize);
  const perUnit = levels * Math.sqrt(3);
  for (let index = 0; index < noiseTableSize; index++) {
    const bits = hash(seed, index, 7001);
    const sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24);
    table[index] = Math.round((sum / 255 - 2) * perUnit);
  }
  return table;
}

function expose(plane: Uint8Array, curve: Uint8Array, noise: Int8Array, offset: number): void {
  const mask = noiseTableSize - 1;
  for (let at = 0; at < plane.length; at++) plane[at] = curve[plane[at]!]! + noise[(at + offset) & mask]!;
}

function exposeLit(
  plane: Uint8Array,
  light: Uint8Array,
  curve: Uint8Array,
  noise: Int8Array,
  offset: number,
): void {
  const mask = noiseTableSize - 1;
  for (let at = 0; at < plane.length; at++) {
    plane[at] = curve[(plane[at]! * light[at]!) >> 7]! + noise[(at + offset) & mask]!;
  }
}
