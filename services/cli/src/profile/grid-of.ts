import type { Grid } from '@framegate/footage-profile';
import type { ProfileFlags } from './command.ts';

const usual = { widths: [320, 480, 640, 960, 1280], qualities: [50, 65, 80], rates: [1, 2, 3, 5, 7, 10, 15] };
/** A camera that is said to run at 10 frames/s may run at 9.99. */
const rateTolerance = 1.01;

/** What the grid must keep within. */
export interface FootageLimits {
  /** Of the narrowest clip, pixels; infinite where none can be read. */
  readonly width: number;
  /** Of the slowest clip, frames a second; infinite where no file says. */
  readonly framesPerSecond: number;
}

type NumericGrid = Omit<Grid, 'models'>;

/** Widths, qualities and rates as asked for, or what suits the footage; and all that is wrong with what was asked. */
export function gridOf(
  flags: Pick<ProfileFlags, 'widths' | 'qualities' | 'rates'>,
  { width, framesPerSecond }: FootageLimits,
): { readonly grid: NumericGrid; readonly mistakes: readonly string[] } {
  const mistakes: string[] = [];
  const asked = (name: keyof NumericGrid, isRight: (value: number) => boolean, expected: string) => {
    const text = flags[name];
    if (text === undefined) return undefined;
    const parts = text.split(',').map((part) => part.trim());
    const wrong = parts.filter((part) => part === '' || !isRight(Number(part)));
    for (const part of wrong) mistakes.push(`--${name} "${part}": expected ${expected}.`);
    return rising(parts.map(Number));
  };
  const isWidth = (value: number): boolean => Number.isInteger(value) && value >= 64 && value <= width;
  const isQuality = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 100;
  const isRate = (value: number): boolean => value > 0 && value <= framesPerSecond * rateTolerance;
  const upToWidth = Number.isFinite(width) ? `, up to the ${width} of the narrowest clip` : '';
  const upToRate = Number.isFinite(framesPerSecond)
    ? `, up to the ${framesPerSecond} of the slowest clip`
    : '';
  return {
    grid: {
      widths: asked('widths', isWidth, `whole pixels from 64${upToWidth}`) ?? usualWidths(width),
      qualities: asked('qualities', isQuality, 'a whole number from 1 to 100') ?? usual.qualities,
      rates: asked('rates', isRate, `frames a second above 0${upToRate}`) ?? usualRates(framesPerSecond),
    },
    mistakes,
  };
}

function usualWidths(width: number): number[] {
  return rising([
    ...usual.widths.filter((one) => one <= width),
    Math.min(width, usual.widths.at(-1) ?? width),
  ]);
}

function usualRates(framesPerSecond: number): number[] {
  const possible = usual.rates.filter((rate) => rate <= framesPerSecond * rateTolerance);
  return possible.length > 0 ? possible : [framesPerSecond];
}

function rising(values: readonly number[]): number[] {
  return [...new Set(values)].toSorted((a, b) => a - b);
}
