import type { I420Image } from '@framegate/scene';
import type { Box } from '../scoring/mark.ts';

export interface Thumbnail {
  readonly width: number;
  readonly height: number;
  /** Interleaved RGB. */
  readonly data: Uint8Array;
}

type Colour = readonly [red: number, green: number, blue: number];

/** A picture scaled down by the mean of each block's brightness; colours from the block's corner. BT.601, full range. */
export function thumbnailOf(image: I420Image, width: number): Thumbnail {
  const height = Math.round((image.height * width) / image.width);
  const data = new Uint8Array(3 * width * height);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 3) {
      const left = Math.floor((x * image.width) / width);
      const top = Math.floor((y * image.height) / height);
      const luma = meanLuma(image, left, top, Math.ceil(image.width / width));
      const [u, v] = chromaAt(image, left, top);
      data[at] = clamp(luma + 1.402 * v);
      data[at + 1] = clamp(luma - 0.344 * u - 0.714 * v);
      data[at + 2] = clamp(luma + 1.772 * u);
    }
  return { width, height, data };
}

/** Draws the edge of a box, given in pixels of a source that is `sourceWidth` wide. */
export function outline(into: Thumbnail, box: Box, sourceWidth: number, colour: Colour): void {
  const scale = into.width / sourceWidth;
  const left = within(Math.floor(box[0] * scale), into.width);
  const top = within(Math.floor(box[1] * scale), into.height);
  const right = within(Math.ceil((box[0] + box[2]) * scale) - 1, into.width);
  const bottom = within(Math.ceil((box[1] + box[3]) * scale) - 1, into.height);
  for (let x = left; x <= right; x++) for (const y of [top, bottom]) paint(into, x, y, colour);
  for (let y = top; y <= bottom; y++) for (const x of [left, right]) paint(into, x, y, colour);
}

function paint({ width, data }: Thumbnail, x: number, y: number, colour: Colour): void {
  data.set(colour, 3 * (y * width + x));
}

function meanLuma({ width, height, data }: I420Image, left: number, top: number, side: number): number {
  let sum = 0;
  let count = 0;
  for (let y = top; y < Math.min(height, top + side); y++)
    for (let x = left; x < Math.min(width, left + side); x++, count++) sum += data[y * width + x] ?? 0;
  return sum / count;
}

function chromaAt({ width, height, data }: I420Image, x: number, y: number): readonly [u: number, v: number] {
  const at = width * height + (y >> 1) * (width >> 1) + (x >> 1);
  return [(data[at] ?? 0) - 128, (data[at + (width * height) / 4] ?? 0) - 128];
}

function clamp(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}

function within(value: number, size: number): number {
  return Math.max(0, Math.min(size - 1, value));
}
