import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { glyphHeight, glyphOf, glyphWidth } from './bitmap-font.ts';
import { drawText, fillBox, outlineBox, textSize } from './rgb-drawing.ts';

const red = [255, 0, 0] as const;

function blank(width: number, height: number) {
  return { data: new Uint8Array(width * height * 3), width, height };
}

/** The image's red channel as text, `#` where it is set. */
function picture({ data, width, height }: ReturnType<typeof blank>): string[] {
  const at = (x: number, y: number): string => ((data[3 * (y * width + x)] ?? 0) > 0 ? '#' : '.');
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => at(x, y)).join(''),
  );
}

describe('drawing on RGB', () => {
  it('outlines a box inside its borders', () => {
    const image = blank(7, 5);
    outlineBox(image, [1, 1, 5, 3], red, 1);
    expect(picture(image)).toEqual(['.......', '.#####.', '.#...#.', '.#####.', '.......']);
  });

  it('fills no pixel outside the image, wherever the box lies', () => {
    const side = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(side, side, side, side, (x, y, width, height) => {
        const image = blank(9, 6);
        fillBox(image, [x, y, width, height], red);
        expect(image.data).toHaveLength(9 * 6 * 3);
        const columns = Math.max(0, Math.min(9, Math.round(x + width)) - Math.max(0, Math.round(x)));
        const rows = Math.max(0, Math.min(6, Math.round(y + height)) - Math.max(0, Math.round(y)));
        expect(picture(image).join('').replaceAll('.', '')).toHaveLength(columns * rows);
      }),
    );
  });

  it('mixes a colour with what lies below by its opacity', () => {
    const image = { ...blank(1, 1), data: new Uint8Array([100, 100, 100]) };
    fillBox(image, [0, 0, 1, 1], [200, 0, 100], 0.25);
    expect([...image.data]).toEqual([125, 75, 100]);
  });

  it('draws text as large as it says', () => {
    const { width, height } = textSize('tea', 2);
    const image = blank(width, height);
    drawText(image, 'tea', 0, 0, 2, red);
    const rows = picture(image);
    expect(rows[4]).toBe('########......######......######..');
    expect(rows.at(-1)).toContain('#');
  });
});

describe('the font', () => {
  const characters = Array.from('abcdefghijklmnopqrstuvwxyz0123456789.,:-+/%()_?');

  it('has a glyph of its own for each character', () => {
    const drawn = characters.map((character) => JSON.stringify(glyphOf(character)));
    expect(new Set(drawn).size).toBe(characters.length);
    expect(drawn).not.toContain('[]');
  });

  it('stays inside its cell', () => {
    for (const [column, row] of characters.flatMap((character) => glyphOf(character))) {
      expect(column).toBeLessThan(glyphWidth);
      expect(row).toBeLessThan(glyphHeight);
    }
  });

  it('draws capitals as small letters and what it does not know as a question mark', () => {
    expect(glyphOf('A')).toEqual(glyphOf('a'));
    expect(glyphOf('ß')).toEqual(glyphOf('?'));
  });
});
