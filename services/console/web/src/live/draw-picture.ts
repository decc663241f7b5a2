import type { Box, CameraAreas, NamedPolygon, PictureHeader } from '../../../src/protocol/live.ts';

export interface Layers {
  readonly boxes: boolean;
  readonly motion: boolean;
  readonly areas: boolean;
}

/** Readable on any picture, in the order in which the classes are mostly met. */
const classColours: Readonly<Record<string, string>> = {
  person: '#4ade9c',
  car: '#5cb8ff',
  truck: '#c79bff',
  bus: '#ffb454',
  bicycle: '#f472b6',
  motorcycle: '#fde047',
};
const otherColour = '#ff8a7a';
const [motionColour, zoneColour] = ['#ffd84d', '#6ea8ff'];

/**
 * The picture with what is known of it, as large as the canvas is.
 * @param scale device pixels for each CSS pixel, so that lines and letters have one size everywhere
 */
export function drawPicture(
  canvas: HTMLCanvasElement,
  {
    bitmap,
    header,
    areas,
    layers,
    scale,
  }: {
    readonly bitmap: ImageBitmap;
    readonly header: PictureHeader;
    readonly areas: CameraAreas | undefined;
    readonly layers: Layers;
    readonly scale: number;
  },
): void {
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) return;
  const { width, height } = canvas;
  context.drawImage(bitmap, 0, 0, width, height);
  const [x, y] = [width / header.sourceWidth, height / header.sourceHeight];
  const placed = ([left, top, w, h]: Box): Box => [left * x, top * y, w * x, h * y];
  context.lineJoin = 'round';
  if (layers.areas && areas) drawAreas(context, areas, scale);
  if (layers.motion) drawMotion(context, header.regions.map(placed), scale);
  if (!layers.boxes) return;
  for (const { box, className, score } of header.objects ?? [])
    drawObject(context, placed(box), `${className} ${Math.round(score * 100)}`, colourOf(className), scale);
}

export function colourOf(className: string): string {
  return classColours[className] ?? otherColour;
}

function drawAreas(context: CanvasRenderingContext2D, areas: CameraAreas, scale: number): void {
  for (const area of areas.motionMasks)
    outline(context, area, { fill: '#0b0e1480', line: '#d3dae6', dash: [2, 3] }, scale);
  for (const area of areas.privacyMasks)
    outline(context, area, { fill: '#0b0e14', line: '#5b6778', dash: [] }, scale);
  for (const area of areas.zones)
    outline(context, area, { fill: `${zoneColour}22`, line: zoneColour, dash: [] }, scale);
}

function outline(
  context: CanvasRenderingContext2D,
  { name, polygon }: NamedPolygon,
  { fill, line, dash }: { fill: string; line: string; dash: number[] },
  scale: number,
): void {
  const { width, height } = context.canvas;
  context.beginPath();
  for (const [x, y] of polygon) context.lineTo(x * width, y * height);
  context.closePath();
  context.fillStyle = fill;
  context.fill();
  context.setLineDash(dash.map((length) => length * scale));
  context.lineWidth = 1.25 * scale;
  context.strokeStyle = line;
  context.stroke();
  context.setLineDash([]);
  const top = polygon.toSorted(([, a], [, b]) => a - b)[0];
  if (top) label(context, name, top[0] * width, top[1] * height, { fill: '#0b0e14b0', text: line }, scale);
}

function drawMotion(context: CanvasRenderingContext2D, regions: readonly Box[], scale: number): void {
  context.setLineDash([5 * scale, 4 * scale]);
  context.lineWidth = 1 * scale;
  context.strokeStyle = motionColour;
  for (const region of regions) context.strokeRect(...region);
  context.setLineDash([]);
}

function drawObject(
  context: CanvasRenderingContext2D,
  [x, y, width, height]: Box,
  text: string,
  colour: string,
  scale: number,
): void {
  context.lineWidth = 4 * scale;
  context.strokeStyle = '#0b0e1466';
  context.strokeRect(x, y, width, height);
  context.lineWidth = 2 * scale;
  context.strokeStyle = colour;
  context.strokeRect(x, y, width, height);
  label(context, text, x - scale, y, { fill: colour, text: '#0b0e14' }, scale);
}

/** A line of text that stands above a point, or below where there is no room. */
function label(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  colours: { fill: string; text: string },
  scale: number,
): void {
  context.font = `600 ${11 * scale}px system-ui, sans-serif`;
  const width = context.measureText(text).width + 8 * scale;
  const height = 16 * scale;
  const left = Math.max(0, Math.min(x, context.canvas.width - width));
  const top = y - height < 0 ? y : y - height;
  context.fillStyle = colours.fill;
  context.fillRect(left, top, width, height);
  context.fillStyle = colours.text;
  context.textBaseline = 'middle';
  context.fillText(text, left + 4 * scale, top + height / 2 + 0.5 * scale);
}
