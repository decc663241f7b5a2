import type { Size } from './letterbox.ts';

/** What a model's input planes hold. */
export interface PixelFormat {
  readonly order: 'rgb' | 'bgr';
  /** What a full channel (255) becomes: 255 for YOLOX, 1 for YOLOv8 and 11. */
  readonly full: 255 | 1;
}

const padValue = 114;
const channels = 3;

/** How many floats one image takes in a tensor: 3 planes of the model's size. */
export function tensorLength({ width, height }: Size): number {
  return channels * width * height;
}

/**
 * Writes an image at the top left of a model input and pads the rest with 114.
 * @param rgb interleaved RGB, 8 bits, rows without gaps: content.width * content.height * 3 bytes
 * @param out one image's part of an NCHW float32 tensor: `tensorLength(model)` floats, all overwritten
 * @throws RangeError when the lengths don't fit the sizes
 */
export function packTensor(
  rgb: Uint8Array,
  content: Size,
  model: Size,
  format: PixelFormat,
  out: Float32Array,
): void {
  requireFit(rgb, content, model, out);
  const scale = format.full / 255;
  if (content.width < model.width || content.height < model.height) out.fill(padValue * scale);
  for (let channel = 0; channel < channels; channel += 1) {
    const plane = format.order === 'rgb' ? channel : channels - 1 - channel;
    packPlane(rgb, channel, content, scale, out, plane * model.width * model.height, model.width);
  }
}

function packPlane(
  rgb: Uint8Array,
  channel: number,
  content: Size,
  scale: number,
  out: Float32Array,
  planeStart: number,
  planeWidth: number,
): void {
  let from = channel;
  for (let y = 0; y < content.height; y += 1) {
    const rowStart = planeStart + y * planeWidth;
    for (let x = 0; x < content.width; x += 1, from += channels) out[rowStart + x] = rgb[from]! * scale;
  }
}

function requireFit(rgb: Uint8Array, content: Size, model: Size, out: Float32Array): void {
  const name = ({ width, height }: Size): string => `${width}x${height}`;
  if (content.width > model.width || content.height > model.height)
    throw new RangeError(`image ${name(content)} is larger than the model's input ${name(model)}`);
  if (rgb.length !== content.width * content.height * channels)
    throw new RangeError(`${rgb.length} bytes are no RGB image of ${name(content)}`);
  if (out.length !== tensorLength(model))
    throw new RangeError(`${out.length} floats are no input of ${name(model)}`);
}
