import { describe, expect, it } from 'vitest';
import { rgbToI420 } from './rgb-to-i420.ts';

function planesOf(colour: readonly number[]): number[] {
  const data = new Uint8Array(4 * 2 * 3).map((_, index) => colour[index % 3] ?? 0);
  const planes = rgbToI420({ data, width: 4, height: 2 });
  expect(planes).toHaveLength((4 * 2 * 3) / 2);
  return [planes[0] ?? -1, planes[8] ?? -1, planes[10] ?? -1];
}

describe('RGB to planes', () => {
  // JFIF 1.02: Y = 0.299 R + 0.587 G + 0.114 B, Cb and Cr around 128.
  it.each([
    ['black', [0, 0, 0], [0, 128, 128]],
    ['white', [255, 255, 255], [255, 128, 128]],
    ['red', [255, 0, 0], [76, 85, 255]],
    ['green', [0, 255, 0], [150, 44, 21]],
    ['blue', [0, 0, 255], [29, 255, 107]],
  ])('gives %s its luma and chroma', (_name, rgb, yuv) => {
    expect(planesOf(rgb)).toEqual(yuv);
  });

  it('keeps each pixel its luma and gives four pixels one mean chroma', () => {
    const data = new Uint8Array([255, 255, 255, 0, 0, 0, 0, 0, 0, 255, 255, 255]);
    expect([...rgbToI420({ data, width: 2, height: 2 })]).toEqual([255, 0, 0, 255, 128, 128]);
  });
});
