import type { RgbImage } from './rgb-drawing.ts';

/**
 * Planes Y, U, V, 4:2:0, BT.601 full range (JFIF 1.02); chroma is the mean of 2x2 pixels.
 * @param image width and height even
 */
export function rgbToI420({ data, width, height }: RgbImage): Uint8Array {
  const chroma = (width * height) / 4;
  // Clamped: the sums leave 0..255 by rounding.
  const planes = new Uint8ClampedArray(width * height + 2 * chroma);
  for (let at = 0, from = 0; at < width * height; at++, from += 3)
    planes[at] = 0.299 * data[from]! + 0.587 * data[from + 1]! + 0.114 * data[from + 2]!;
  let u = width * height;
  for (let row = 0; row < height; row += 2) {
    let upper = 3 * row * width;
    let lower = upper + 3 * width;
    for (let column = 0; column < width; column += 2, u++, upper += 6, lower += 6) {
      const red = (data[upper]! + data[upper + 3]! + data[lower]! + data[lower + 3]!) / 4;
      const green = (data[upper + 1]! + data[upper + 4]! + data[lower + 1]! + data[lower + 4]!) / 4;
      const blue = (data[upper + 2]! + data[upper + 5]! + data[lower + 2]! + data[lower + 5]!) / 4;
      planes[u] = 128 - 0.168736 * red - 0.331264 * green + 0.5 * blue;
      planes[u + chroma] = 128 + 0.5 * red - 0.418688 * green - 0.081312 * blue;
    }
  }
  return new Uint8Array(planes.buffer);
}
