import type { Evidence } from './status.ts';

/** What a signal is, beside what it usually is. */
export interface Reading {
  readonly signal: string;
  readonly value: number;
  /** Median of the seconds in which all was well. */
  readonly usual: number;
  /** 1.4826 x MAD, the robust standard deviation, and at least what noise is to be expected anyway. */
  readonly spread: number;
  /** Value less usual where that is more than chance explains, else 0; also 0 where there is nothing to compare. */
  readonly excess: number;
}

/** Fewer seconds make no habit. */
const fewestSeconds = 5;
/** Robust standard deviations that chance explains. */
export const chance = 4;

/**
 * Compares the mean of the newest seconds with the median of the usual ones (median and MAD: Hampel's identifier,
 * which a few bad seconds among the usual ones don't mislead).
 *
 * @param recent newest last; NaN is left out
 * @param leastSpread in the signal's unit
 */
export function readingOf(
  signal: string,
  recent: readonly number[],
  usual: readonly number[],
  leastSpread: number,
): Reading {
  const known = recent.filter((value) => Number.isFinite(value));
  const value = known.length > 0 ? known.reduce((a, b) => a + b, 0) / known.length : Number.NaN;
  const habits = usual.filter((one) => Number.isFinite(one));
  if (habits.length < fewestSeconds)
    return { signal, value, usual: Number.NaN, spread: Number.NaN, excess: 0 };
  const median = medianOf(habits);
  const deviation = 1.4826 * medianOf(habits.map((one) => Math.abs(one - median)));
  const spread = Math.max(deviation, leastSpread, 0.05 * Math.abs(median));
  const difference = value - median;
  return {
    signal,
    value,
    usual: median,
    spread,
    excess: difference > chance * spread ? difference : 0,
  };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[upper] ?? Number.NaN)
    : ((sorted[upper - 1] ?? Number.NaN) + (sorted[upper] ?? Number.NaN)) / 2;
}

/** "publish 412 ms, usually 9 ms" */
export function evidenceOf({ signal, value, usual }: Reading, name: string, unit: string): Evidence {
  const usually = Number.isFinite(usual) ? `, usually ${show(usual)}${unit}` : '';
  const shown = Number.isFinite(value) ? `${show(value)}${unit}` : 'not heard of';
  return { signal, value, usual, text: `${name} ${shown}${usually}` };
}

export function show(value: number): string {
  return Math.abs(value) >= 10 ? value.toFixed(0) : String(Number(value.toPrecision(2)));
}
