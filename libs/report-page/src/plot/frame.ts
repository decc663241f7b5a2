/** Where things lie in a picture of a plot, in pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const fontSize = 12;
export const lineHeight = 18;

/** No font is at hand to measure with: the mean advance of common sans-serif fonts. */
export function textWidth(text: string): number {
  return text.length * fontSize * 0.56;
}

/** Coordinates to a tenth of a pixel: less is not seen, more is weight. */
export function px(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The text, cut to a width in pixels. */
export function fitted(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const letters = Math.floor(width / (fontSize * 0.56)) - 1;
  return letters < 2 ? '' : `${text.slice(0, letters).trimEnd()}…`;
}
