import { describe, expect, it } from 'vitest';
import { saturationOf } from './saturation.ts';

const plane = (value: number, width = 64, stride = 80, height = 32) => {
  const data = new Uint8Array(stride * height).fill(255);
  for (let row = 0; row < height; row++) data.fill(value, row * stride, row * stride + width);
  return { data, stride, width, height };
};

describe('the saturation of a picture', () => {
  it('is 0 for grey and the distance from grey else, whatever lies between the rows', () => {
    expect(saturationOf([plane(128), plane(128)])).toBe(0);
    expect(saturationOf([plane(118), plane(148)])).toBe(15);
  });

  it('is 0 where there is no chroma at all', () => {
    expect(saturationOf([])).toBe(0);
  });
});
