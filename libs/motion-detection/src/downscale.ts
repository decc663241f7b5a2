import { boxMeansBySimd, mostFactor } from './box-means.ts';

/** 8-bit brightness; `data[y * stride + x]` for `x < width`, `y < height`. */
export interface LumaPlane {
  data: Uint8Array;
  stride: number;
  width: number;
  height: number;
}

/** The whole number by which to divide `width` to come nearest to `wantedWidth`, at least 1. */
export function downscaleFactor(width: number, wantedWidth: number): number {
  return Math.max(1, Math.round(width / wantedWidth));
}

/**
 * Box mean: each output pixel is the rounded mean of `factor` x `factor` source pixels. `into` gets
 * floor(width / factor) x floor(height / factor) pixels without padding; what is left over at the right and
 * bottom edges is not looked at.
 * @throws RangeError when `into` or the source is too small, or the factor above {@link mostFactor}.
 */
export function downscaleLuma(source: LumaPlane, factor: number, into: Uint8Array): void {
  const width = Math.floor(source.width / factor);
  const height = Math.floor(source.height / factor);
  requireRoom(source, width, height, into);
  if (factor > mostFactor)
    throw new RangeError(`luma can be downscaled by ${mostFactor} at most, not by ${factor}`);
  if (factor === 1) copyRows(source, into);
  else if (width > 0 && height > 0) boxMeansBySimd(source, factor, width, height, into);
}

function requireRoom(source: LumaPlane, width: number, height: number, into: Uint8Array): void {
  const needed = source.stride * (source.height - 1) + source.width;
  if (source.stride < source.width || source.data.length < needed)
    throw new RangeError(
      `luma of ${source.width}x${source.height} with stride ${source.stride} needs ${needed} bytes, got ${source.data.length}`,
    );
  if (into.length < width * height)
    throw new RangeError(`downscaled luma of ${width}x${height} does not fit into ${into.length} bytes`);
}

/** Whole where it can be: a view of each row would be garbage. */
function copyRows({ data, stride, width, height }: LumaPlane, into: Uint8Array): void {
  if (stride === width && data.length <= into.length) return into.set(data);
  for (let y = 0, at = 0; y < height; y++)
    for (let from = y * stride, end = from + width; from < end; from++, at++) into[at] = data[from]!;
}
