/** A cost as a straight line of a size. */
export interface Growth {
  /** At size 0. */
  readonly fixed: number;
  readonly perUnit: number;
}

/** Least squares. @param points at two different sizes at least, else NaN comes out */
export function growthOf(points: readonly (readonly [size: number, cost: number])[]): Growth {
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const meanSize = mean(points.map(([size]) => size));
  const meanCost = mean(points.map(([, cost]) => cost));
  const moment = (of: (size: number, cost: number) => number): number =>
    mean(points.map(([size, cost]) => of(size - meanSize, cost - meanCost)));
  const perUnit = moment((size, cost) => size * cost) / moment((size) => size * size);
  return { fixed: meanCost - perUnit * meanSize, perUnit };
}
