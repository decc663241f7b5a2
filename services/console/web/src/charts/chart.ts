export interface ChartLine {
  readonly label: string;
  /** A colour, or the name of a variable of the theme. */
  readonly colour: string;
  /** One for each time; null where there is nothing to draw. */
  readonly values: readonly (number | null)[];
  readonly dash?: number[];
  readonly width?: number;
  readonly stepped?: boolean;
}

/** From `from` to `to`, seconds since the Unix epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The lines one above the other: of each the sum of itself and of those behind it in the list, so that the first is
 * drawn first and highest, and each later one over it.
 */
export function stackedData(lines: readonly ChartLine[]): (number | null)[][] {
  const length = lines[0]?.values.length ?? 0;
  const sums = Array.from({ length }, () => 0);
  return lines
    .toReversed()
    .map(({ values }) =>
      sums.map((_, index) => {
        const value = values[index] ?? null;
        if (value === null) return null;
        sums[index] = (sums[index] ?? 0) + value;
        return sums[index];
      }),
    )
    .toReversed();
}
