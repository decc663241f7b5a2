/** What `sensitivity` turns into. */
export interface Thresholds {
  /** Least difference in brightness levels (of 255) that counts, however quiet the picture is. */
  contrast: number;
  /** How many standard deviations of a cell's own noise a difference must exceed. */
  deviations: number;
  /** Least evidence of a region, in cells that just exceed their threshold. */
  evidence: number;
}

/**
 * Sensitivity 0..100. 50: a change of 7 levels over the area of 16x40 px of a 720p picture counts; each 25
 * more halves the least contrast and takes the least area by a square root of two, each 25 less does the
 * opposite: 28 levels at 0, 1.75 at 100.
 * @throws RangeError outside 0..100.
 */
export function thresholdsOf(sensitivity: number): Thresholds {
  if (!(sensitivity >= 0 && sensitivity <= 100))
    throw new RangeError(`motion sensitivity is ${sensitivity}, expected 0 to 100`);
  const steps = (50 - sensitivity) / 25;
  return { contrast: 7 * doubled(steps), deviations: 4.5 + 0.5 * steps, evidence: 10 * doubled(steps / 2) };
}

/** 2 ** exponent; Math.pow may differ in the last bit between machines, this is exact enough and the same. */
function doubled(exponent: number): number {
  const whole = Math.floor(exponent);
  const rest = exponent - whole;
  const fraction = 1 + rest * (0.6565 + rest * 0.3435);
  return whole >= 0 ? fraction * (1 << whole) : fraction / (1 << -whole);
}
