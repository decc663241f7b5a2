import { describe, expect, it } from 'vitest';
import { gridOf } from './grid-of.ts';

const clip = { width: 768, framesPerSecond: 9.99 };

describe('the grid of a profile', () => {
  it('suits the footage where nothing is asked for: its own width is the largest', () => {
    expect(gridOf({}, clip)).toEqual({
      grid: { widths: [320, 480, 640, 768], qualities: [50, 65, 80], rates: [1, 2, 3, 5, 7, 10] },
      mistakes: [],
    });
  });

  it('goes no further than 1280 pixels by itself, and not above a slow clip', () => {
    const { grid } = gridOf({}, { width: 1920, framesPerSecond: 0.5 });
    expect(grid).toMatchObject({ widths: [320, 480, 640, 960, 1280], rates: [0.5] });
  });

  it('takes what was asked for, rising and without duplicates', () => {
    const { grid } = gridOf({ widths: '640, 320,640', qualities: '80', rates: '5,0.5' }, clip);
    expect(grid).toEqual({ widths: [320, 640], qualities: [80], rates: [0.5, 5] });
  });

  it('tells every value that can not be', () => {
    const { mistakes } = gridOf({ widths: '640,1280', qualities: '0,x,', rates: '25' }, clip);
    expect(mistakes).toEqual([
      '--widths "1280": expected whole pixels from 64, up to the 768 of the narrowest clip.',
      '--qualities "0": expected a whole number from 1 to 100.',
      '--qualities "x": expected a whole number from 1 to 100.',
      '--qualities "": expected a whole number from 1 to 100.',
      '--rates "25": expected frames a second above 0, up to the 9.99 of the slowest clip.',
    ]);
  });
});
