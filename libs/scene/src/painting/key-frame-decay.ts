import { hash, hashUnit } from '../random.ts';
import type { Surface } from './surface.ts';

/** Side of a macroblock of H.264, pixels. */
const block = 16;
/** A block is coded anew this many times between two key frames. */
const updates = 5;
/** What the coarse quantiser moves a block's mean by, at most, levels. */
const meanErrorLevels = 2;

/** The same picture with its fine texture averaged away over squares of `2 * reach + 1` pixels; luma only. */
export function withoutTexture(source: Surface, reach: number): Uint8ClampedArray<ArrayBuffer> {
  const { width, height, y } = source;
  const rows = boxBlur(y, width, height, 1, width, reach);
  return boxBlur(rows, height, width, width, 1, reach);
}

/** Blurs `lines` lines of `length` values that lie `step` apart. */
function boxBlur(
  plane: Uint8ClampedArray,
  length: number,
  lines: number,
  step: number,
  lineStep: number,
  reach: number,
): Uint8ClampedArray<ArrayBuffer> {
  const blurred = new Uint8ClampedArray(plane.length);
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep;
    const valueAt = (index: number) => plane[start + Math.min(length - 1, Math.max(0, index)) * step]!;
    let sum = 0;
    for (let index = -reach; index <= reach; index++) sum += valueAt(index);
    for (let index = 0; index < length; index++) {
      blurred[start + index * step] = sum / (2 * reach + 1);
      sum += valueAt(index + reach + 1) - valueAt(index - reach);
    }
  }
  return blurred;
}

/**
 * What low-bitrate H.264 leaves of a still picture: sharp at the key frame, then block by block blurred by its
 * predictions. `phase`: 0 at the key frame .. 1 before the next one; `group`: which group of pictures.
 */
export function decay(
  luma: Uint8ClampedArray,
  blurred: Uint8ClampedArray,
  width: number,
  seed: number,
  group: number,
  phase: number,
): void {
  const height = luma.length / width;
  for (let top = 0; top < height; top += block) {
    for (let left = 0; left < width; left += block) {
      const index = (top / block) * 1024 + left / block;
      const done = Math.floor(phase * updates + hashUnit(seed, index, 8100)) / updates;
      const weight = Math.round(256 * Math.min(0.9, done));
      const error = ((hash(seed + group, index, 8101) % 256) / 127.5 - 1) * meanErrorLevels;
      const right = Math.min(width, left + block);
      for (let row = top; row < Math.min(height, top + block); row++) {
        for (let at = row * width + left; at < row * width + right; at++) {
          luma[at] = luma[at]! + (((blurred[at]! - luma[at]!) * weight) >> 8) + error;
        }
      }
    }
  }
}
