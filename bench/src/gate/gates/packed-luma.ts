import type { Luma } from '../clips/clip.ts';

/** A copy of the plane without padding, to hand to another process. */
export function packedLuma({ data, stride, width, height }: Luma): Buffer {
  const packed = Buffer.allocUnsafe(width * height);
  if (stride === width) packed.set(data.subarray(0, width * height));
  else for (let y = 0; y < height; y++) packed.set(data.subarray(y * stride, y * stride + width), y * width);
  return packed;
}
