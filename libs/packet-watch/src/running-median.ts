/** Middle and spread of the newest values of a series. */
export interface Spread {
  readonly median: number;
  /** Standard deviation of a normal distribution with the same median absolute deviation. */
  readonly deviation: number;
}

/** MAD to standard deviation, 1 / Φ⁻¹(3/4). */
const madToDeviation = 1.4826;

/** Median and MAD over a window: neither is moved by a few frames that are far off. */
export class RunningMedian {
  readonly #window: number;
  readonly #values: number[] = [];
  #spread: Spread | undefined;

  constructor(window: number) {
    this.#window = window;
  }

  get count(): number {
    return this.#values.length;
  }

  add(value: number): void {
    this.#values.push(value);
    if (this.#values.length > this.#window) this.#values.shift();
    this.#spread = undefined;
  }

  /** Of at least one value. */
  spread(): Spread {
    if (this.#spread) return this.#spread;
    const median = medianOf(this.#values);
    const deviation = madToDeviation * medianOf(this.#values.map((value) => Math.abs(value - median)));
    return (this.#spread = { median, deviation });
  }
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
