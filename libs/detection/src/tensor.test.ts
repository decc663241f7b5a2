import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packTensor, tensorLength } from './tensor.ts';

const model = { width: 3, height: 2 };
const yolox = { order: 'bgr', full: 255 } as const;
const yolov8 = { order: 'rgb', full: 1 } as const;

describe('packing an image into a tensor', () => {
  it('writes the planes blue, green, red with raw values for YOLOX, and pads with 114', () => {
    const out = new Float32Array(tensorLength(model));
    packTensor(Uint8Array.of(1, 2, 3, 4, 5, 6), { width: 2, height: 1 }, model, yolox, out);
    const plane = (a: number, b: number): number[] => [a, b, 114, 114, 114, 114];
    expect([...out]).toEqual([...plane(3, 6), ...plane(2, 5), ...plane(1, 4)]);
  });

  it('writes the planes red, green, blue from 0 to 1 for YOLOv8', () => {
    const out = new Float32Array(tensorLength(model));
    packTensor(Uint8Array.of(255, 0, 51), { width: 1, height: 1 }, model, yolov8, out);
    expect([out[0], out[6], out[12]]).toEqual([1, 0, Math.fround(51 * (1 / 255))]);
    expect(out[1]).toBeCloseTo(114 / 255);
  });

  it('leaves nothing of the image that was there before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 }), (width, height) => {
        const rgb = new Uint8Array(width * height * 3).fill(7);
        const used = new Float32Array(tensorLength(model)).fill(99);
        const fresh = new Float32Array(tensorLength(model));
        packTensor(rgb, { width, height }, model, yolox, used);
        packTensor(rgb, { width, height }, model, yolox, fresh);
        expect(used).toEqual(fresh);
      }),
    );
  });

  it('refuses sizes that do not fit each other', () => {
    const out = new Float32Array(tensorLength(model));
    expect(() => packTensor(new Uint8Array(12), { width: 4, height: 1 }, model, yolox, out)).toThrow(
      'image 4x1 is larger than the model',
    );
    expect(() => packTensor(new Uint8Array(5), { width: 2, height: 1 }, model, yolox, out)).toThrow(
      '5 bytes are no RGB image of 2x1',
    );
    expect(() =>
      packTensor(new Uint8Array(3), { width: 1, height: 1 }, model, yolox, out.subarray(1)),
    ).toThrow('17 floats are no input of 3x2');
  });
});
