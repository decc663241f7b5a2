import { describe, expect, it } from 'vitest';
import { annotateRgb } from './annotate-rgb.ts';

const width = 320;
const height = 180;
const object = { box: [100, 90, 60, 70] as const, class: 'person', score: 0.91 };
const still = { state: 'still', score: null, regions: [] } as const;

function annotated(annotation: Parameters<typeof annotateRgb>[1]) {
  const image = { data: new Uint8Array(width * height * 3).fill(50), width, height };
  annotateRgb(image, annotation);
  const pixel = (x: number, y: number): number[] => [
    ...image.data.subarray(3 * (y * width + x)).subarray(0, 3),
  ];
  return { image, pixel };
}

describe('an annotated image', () => {
  it('shows an object by its border and leaves what is inside', () => {
    const { pixel } = annotated({ objects: [object], gate: still });
    expect(pixel(100, 120)).not.toEqual([50, 50, 50]);
    expect(pixel(159, 120)).toEqual(pixel(100, 120));
    expect(pixel(130, 125)).toEqual([50, 50, 50]);
    expect(pixel(95, 120)).toEqual([50, 50, 50]);
  });

  it('gives equal classes equal colours and others another', () => {
    const car = { ...object, box: [200, 90, 60, 70] as const, class: 'car' };
    const second = { ...object, box: [20, 90, 60, 70] as const };
    const { pixel } = annotated({ objects: [object, car, second], gate: still });
    expect(pixel(20, 120)).toEqual(pixel(100, 120));
    expect(pixel(200, 120)).not.toEqual(pixel(100, 120));
  });

  it('labels an object above its box, and inside where there is no room above', () => {
    const untouched = (box: readonly [number, number, number, number], x: number, y: number): boolean =>
      annotated({ objects: [{ ...object, box }], gate: still })
        .pixel(x, y)
        .join() === '50,50,50';
    expect(untouched([100, 90, 60, 70], 103, 82)).toBe(false);
    expect(untouched([100, 90, 60, 70], 103, 97)).toBe(true);
    expect(untouched([220, 0, 60, 70], 223, 7)).toBe(false);
  });

  it('outlines where the gate saw motion and lights its lamp', () => {
    const region = [10, 60, 300, 100] as const;
    const moving = annotated({ objects: [], gate: { state: 'motion', score: 0.8, regions: [region] } });
    const resting = annotated({ objects: [], gate: still });
    expect(moving.pixel(10, 100)).toEqual([255, 176, 0]);
    expect(moving.pixel(5, 5)).toEqual([255, 176, 0]);
    expect(resting.pixel(10, 100)).toEqual([50, 50, 50]);
    expect(resting.pixel(5, 5)).toEqual([150, 150, 150]);
  });

  it('takes boxes that leave the image', () => {
    const boxes = [
      [-50, -50, 1000, 1000],
      [310, 170, 60, 70],
      [-90, 20, 60, 70],
    ] as const;
    const { image } = annotated({ objects: boxes.map((box) => ({ ...object, box })), gate: still });
    expect(image.data).toHaveLength(width * height * 3);
  });
});
