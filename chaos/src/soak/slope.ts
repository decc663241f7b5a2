/** A measurement of one process at one time. */
export interface Point {
  /** Those of one series share a level; only what they have in common of a trend counts. */
  readonly series: string;
  readonly hours: number;
  readonly value: number;
}

export interface Slope {
  readonly perHour: number;
  /** Upper 95 % bound. */
  readonly upperPerHour: number;
}

const samplings = 1000;
const upperQuantile = 0.95;

/**
 * Least squares with a level for each series. Its bound comes from a bootstrap over blocks of time (Kunsch, 1989), because
 * neighbouring measurements of memory are anything but independent.
 *
 * @param random uniform in [0, 1)
 * @returns undefined with fewer than two blocks
 */
export function slopeOf(
  points: readonly Point[],
  blockHours: number,
  random: () => number,
): Slope | undefined {
  const blocks = blocksOf(points, blockHours);
  if (blocks.length < 2) return undefined;
  const sampled = Array.from({ length: samplings }, () =>
    perHour(blocks.flatMap(() => blocks[Math.floor(random() * blocks.length)] ?? [])),
  ).toSorted((a, b) => a - b);
  return { perHour: perHour(points), upperPerHour: sampled[Math.ceil(samplings * upperQuantile) - 1] ?? 0 };
}

/** The middle of each block: what lasts for less than half of it, as an outage does, is not in it. */
export function mediansOf(points: readonly Point[], blockHours: number): Point[] {
  return blocksOf(points, blockHours).flatMap((block) => {
    const middle = block.toSorted((a, b) => a.value - b.value)[Math.floor(block.length / 2)];
    return middle ? [{ ...middle, hours: mean(block.map(({ hours }) => hours)) }] : [];
  });
}

function blocksOf(points: readonly Point[], blockHours: number): Point[][] {
  const blockOf = ({ series, hours }: Point): string => `${series} ${Math.floor(hours / blockHours)}`;
  return [...Map.groupBy(points, blockOf).values()];
}

function perHour(points: readonly Point[]): number {
  let covariance = 0;
  let variance = 0;
  for (const own of Map.groupBy(points, ({ series }) => series).values()) {
    const meanHours = mean(own.map(({ hours }) => hours));
    const meanValue = mean(own.map(({ value }) => value));
    for (const { hours, value } of own) {
      covariance += (hours - meanHours) * (value - meanValue);
      variance += (hours - meanHours) ** 2;
    }
  }
  return variance === 0 ? 0 : covariance / variance;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
