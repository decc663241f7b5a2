import type { Box } from '@framegate/detection';
import { glyphHeight, glyphOf, glyphWidth } from './bitmap-font.ts';

/** Interleaved, 8 bits, rows without gaps. */
export interface RgbImage {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export type Colour = readonly [red: number, green: number, blue: number];

/** Blends a rectangle over the image; what lies outside is left out. `opacity` 0..1. */
export function fillBox(image: RgbImage, [x, y, width, height]: Box, colour: Colour, opacity = 1): void {
  const left = clamp(Math.round(x), image.width);
  const right = clamp(Math.round(x + width), image.width);
  const bottom = clamp(Math.round(y + height), image.height);
  for (let row = clamp(Math.round(y), image.height); row < bottom; row++) {
    const end = 3 * (row * image.width + right);
    for (let at = 3 * (row * image.width + left); at < end; at += 3) blend(image.data, at, colour, opacity);
  }
}

/** The border of a box, inside it. */
export function outlineBox(image: RgbImage, box: Box, colour: Colour, thickness: number): void {
  const [x, y, width, height] = box;
  const line = Math.min(thickness, width / 2, height / 2);
  fillBox(image, [x, y, width, line], colour);
  fillBox(image, [x, y + height - line, width, line], colour);
  fillBox(image, [x, y + line, line, height - 2 * line], colour);
  fillBox(image, [x + width - line, y + line, line, height - 2 * line], colour);
}

/** Size of a text in pixels, `scale` pixels for a dot of the font. */
export function textSize(text: string, scale: number): { width: number; height: number } {
  return { width: Math.max(0, text.length * (glyphWidth + 1) - 1) * scale, height: glyphHeight * scale };
}

/** A text with its upper left corner at x, y. */
export function drawText(
  image: RgbImage,
  text: string,
  x: number,
  y: number,
  scale: number,
  colour: Colour,
): void {
  for (const [index, character] of Array.from(text).entries()) {
    const left = x + index * (glyphWidth + 1) * scale;
    for (const [column, row] of glyphOf(character))
      fillBox(image, [left + column * scale, y + row * scale, scale, scale], colour);
  }
}

function blend(data: Uint8Array, at: number, colour: Colour, opacity: number): void {
  for (let channel = 0; channel < 3; channel++) {
    const below = data[at + channel] ?? 0;
    data[at + channel] = Math.round(below + opacity * ((colour[channel] ?? 0) - below));
  }
}

function clamp(value: number, limit: number): number {
  return Math.max(0, Math.min(limit, value));
}
