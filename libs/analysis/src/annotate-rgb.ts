import type { Box } from '@framegate/detection';
import type { FoundObject } from './analysed-frame.ts';
import type { Colour, RgbImage } from './rgb-drawing.ts';
import { drawText, fillBox, outlineBox, textSize } from './rgb-drawing.ts';

/** What is drawn over a frame; boxes in the image's pixels. */
export interface Annotation {
  readonly objects: readonly FoundObject[];
  readonly gate: {
    readonly state: 'motion' | 'still' | 'off';
    readonly score: number | null;
    readonly regions: readonly Box[];
  };
  /** Shown beside the gate's state. */
  readonly timeSeconds?: number;
}

const black: Colour = [0, 0, 0];
const white: Colour = [255, 255, 255];
const amber: Colour = [255, 176, 0];
const grey: Colour = [150, 150, 150];
/** Told apart on light and dark ground, also by people who see red and green alike (Okabe & Ito, 2008). */
const palette: readonly Colour[] = [
  [86, 180, 233],
  [0, 158, 115],
  [240, 228, 66],
  [213, 94, 0],
  [204, 121, 167],
  [0, 114, 178],
];

/** Draws objects with their labels, the gate's regions and its state into the image, in place. */
export function annotateRgb(image: RgbImage, { objects, gate, timeSeconds }: Annotation): void {
  const scale = Math.max(1, Math.round(image.height / 300));
  for (const region of gate.regions) outlineBox(image, region, amber, scale);
  for (const { box, class: name } of objects) outlineBox(image, box, colourOf(name), 1 + scale);
  // Labels last, or a neighbour's box would cross them.
  for (const { box, class: name, score } of objects)
    drawLabel(image, `${name} ${score.toFixed(2)}`, box, colourOf(name), scale);
  drawState(image, gate, timeSeconds, scale);
}

/** The same class always has the same colour. */
function colourOf(name: string): Colour {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return palette[hash % palette.length] ?? white;
}

/** Above its box, or inside it where there is no room above. */
function drawLabel(image: RgbImage, text: string, [x, y]: Box, colour: Colour, scale: number): void {
  const { width, height } = textSize(text, scale);
  const margin = 2 * scale;
  const [fullWidth, fullHeight] = [width + 2 * margin, height + 2 * margin];
  const left = Math.max(0, Math.min(Math.round(x), image.width - fullWidth));
  const top = y - fullHeight >= 0 ? Math.round(y) - fullHeight : Math.max(0, Math.round(y));
  fillBox(image, [left, top, fullWidth, fullHeight], colour, 0.85);
  drawText(image, text, left + margin, top + margin, scale, black);
}

function drawState(
  image: RgbImage,
  { state, score }: Annotation['gate'],
  timeSeconds: number | undefined,
  scale: number,
): void {
  const time = timeSeconds === undefined ? [] : [`${timeSeconds.toFixed(2)} s`];
  const shown = state === 'off' ? 'gate off' : score === null ? state : `${state} ${score.toFixed(2)}`;
  const text = [...time, shown].join('  ');
  const margin = 3 * scale;
  const { width, height } = textSize(text, scale);
  const lamp = 2 * scale + height;
  fillBox(image, [0, 0, width + lamp + 2 * margin, height + 2 * margin], black, 0.6);
  fillBox(image, [margin, margin, height, height], state === 'motion' ? amber : grey);
  drawText(image, text, margin + lamp, margin, scale, white);
}
