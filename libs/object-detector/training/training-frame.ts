import type { Letterbox } from '@framegate/detection';
import type { I420Image } from '@framegate/scene';
import sharp from 'sharp';

/** How a frame is spoilt on its way, as cameras and edges do. */
export interface Compression {
  /** Width of the JPEG, pixels; the height keeps the aspect ratio. */
  readonly width: number;
  /** JPEG quality 1..100. */
  readonly quality: number;
}

/** Padding of the letterbox, as in YOLOX. */
const padding = 114;

/** Full-range BT.601 (ITU-T T.871) to interleaved RGB. */
function toRgb({ width, height, data }: I420Image): Uint8ClampedArray<ArrayBuffer> {
  const rgb = new Uint8ClampedArray(width * height * 3);
  const startU = width * height;
  const startV = (startU * 5) / 4;
  for (let at = 0, out = 0; at < startU; at++, out += 3) {
    const chroma = (Math.floor(at / width) >> 1) * (width / 2) + ((at % width) >> 1);
    const u = data[startU + chroma]! - 128;
    const v = data[startV + chroma]! - 128;
    rgb[out] = data[at]! + 1.402 * v;
    rgb[out + 1] = data[at]! - 0.344136 * u - 0.714136 * v;
    rgb[out + 2] = data[at]! + 1.772 * u;
  }
  return rgb;
}

/** Through a JPEG, as the edge sends it. */
export async function compressed(frame: I420Image, { width, quality }: Compression): Promise<Buffer> {
  const raw = { width: frame.width, height: frame.height, channels: 3 } as const;
  return sharp(toRgb(frame), { raw }).resize(width).jpeg({ quality }).toBuffer();
}

/** A JPEG as a model takes it: interleaved RGB at the top left of the input, padded with 114. */
export async function letterboxed(jpeg: Uint8Array, { content, model }: Letterbox): Promise<Uint8Array> {
  const pixels = await sharp(jpeg)
    .resize(content.width, content.height, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
  const input = new Uint8Array(model.width * model.height * 3).fill(padding);
  for (let row = 0; row < content.height; row++) {
    const start = row * content.width * 3;
    input.set(pixels.subarray(start, start + content.width * 3), row * model.width * 3);
  }
  return input;
}
