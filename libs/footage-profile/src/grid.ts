/** What is measured: every combination. Each list is without duplicates, from the cheapest to the dearest. */
export interface Grid {
  /** The last one is the reference. */
  readonly models: readonly string[];
  /** Pixels. */
  readonly widths: readonly number[];
  /** JPEG quality, 1..100. */
  readonly qualities: readonly number[];
  /** Frames a second. */
  readonly rates: readonly number[];
}

/** How one frame is encoded and looked at. */
export interface Look {
  readonly model: string;
  readonly width: number;
  readonly quality: number;
}

/** Every look of the grid; the last one is the top. */
export function looksOf({ models, widths, qualities }: Grid): Look[] {
  return models.flatMap((model) =>
    widths.flatMap((width) => qualities.map((quality) => ({ model, width, quality }))),
  );
}
