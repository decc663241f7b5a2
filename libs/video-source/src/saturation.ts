/** Samples of colour, 128 where there is none; `width` in bytes. */
export interface ChromaPlane {
  readonly data: Uint8Array;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
}

/** Of each so many samples and rows one is looked at: colour is seen in few of them. */
const step = 8;

/** How colourful a picture is: the mean distance of its chroma samples from grey, levels; 0 without chroma. */
export function saturationOf(planes: readonly ChromaPlane[]): number {
  let [sum, count] = [0, 0];
  for (const { data, stride, width, height } of planes)
    for (let row = 0; row < height; row += step)
      for (let at = row * stride; at < row * stride + width; at += step, count++)
        sum += Math.abs((data[at] ?? 128) - 128);
  return count === 0 ? 0 : sum / count;
}
