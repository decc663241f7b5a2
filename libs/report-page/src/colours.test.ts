import { describe, expect, it } from 'vitest';
import { colours } from './colours.ts';

/** Contrast ratio of two colours `#rrggbb`, from 1 to 21 (WCAG 2.2). */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.each(Object.entries(colours))('the %s theme', (_, { paper, ink, faintInk, good, bad, series }) => {
  it('has texts that stand out from the paper by 4.5 to 1 and more', () => {
    expect([ink, faintInk, good, bad].filter((text) => contrast(text, paper) < 4.5)).toEqual([]);
  });

  it('has lines that stand out from the paper by 3 to 1 and more', () => {
    expect(series.filter((line) => contrast(line, paper) < 3)).toEqual([]);
  });
});
