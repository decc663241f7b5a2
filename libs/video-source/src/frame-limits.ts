import { SourceError } from './source-error.ts';

/** Sizes of pictures that are decoded at all. Checked before a decoder is opened and at every change of size. */
export interface FrameLimits {
  /** Least width and height, pixels. */
  readonly minSide: number;
  /** Greatest width and height, pixels. */
  readonly maxSide: number;
  /** Greatest width * height. */
  readonly maxPixels: number;
  /** Greatest size of one compressed JPEG from a camera, bytes. */
  readonly maxJpegBytes: number;
}

/** 16x16 up to 8K UHD (7680x4320), which a decoder holds in about 50 MB a picture. */
export const defaultFrameLimits: FrameLimits = {
  minSide: 16,
  maxSide: 8192,
  maxPixels: 7680 * 4320,
  maxJpegBytes: 16 * 1024 * 1024,
};

/** @throws {SourceError} `TOO_SMALL` or `TOO_LARGE`, naming the source and its size. */
export function checkFrameSize(name: string, width: number, height: number, limits: FrameLimits): void {
  if (width < limits.minSide || height < limits.minSide) {
    const least = `${limits.minSide}x${limits.minSide}`;
    throw new SourceError(
      'TOO_SMALL',
      `${name}: the picture is ${width}x${height} pixels, the least is ${least}.`,
    );
  }
  if (width > limits.maxSide || height > limits.maxSide || width * height > limits.maxPixels) {
    const most = `${limits.maxPixels} pixels in all and ${limits.maxSide} a side`;
    throw new SourceError(
      'TOO_LARGE',
      `${name}: the picture is ${width}x${height} pixels, the most is ${most}.`,
    );
  }
}
