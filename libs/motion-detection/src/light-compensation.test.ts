import { describe, expect, test } from 'vitest';
import type { LightChange } from './light-compensation.ts';
import { createLightMeter } from './light-compensation.ts';

const cells = 14_400;
/** A picture with every level between 40 and 180, in a fixed shuffled order. */
const model = Float32Array.from({ length: cells }, (_, cell) => 40 + ((cell * 7919) % 1400) / 10);

function measure(
  change: (level: number, cell: number) => number,
  ignored = new Uint8Array(cells),
): LightChange {
  const meter = createLightMeter();
  const light = { gain: 1, offset: 0, shift: 0 };
  meter.calibrate(model);
  meter.measure(model, model.map(change), ignored, light);
  return light;
}

describe('the change of light', () => {
  test.each([
    [1, 0],
    [1, 20],
    [0.7, 0],
    [1.2, -10],
    [0.8, 30],
  ])('with gain %d and offset %d is found', (gain, offset) => {
    const light = measure((level) => gain * level + offset);
    expect(light.gain).toBeCloseTo(gain, 1);
    for (const level of [50, 110, 170])
      expect(Math.abs(light.gain * level + light.offset - (gain * level + offset))).toBeLessThan(0.75);
  });

  test('is not fooled by an object that covers a quarter of the picture', () => {
    const light = measure((level, cell) => (cell % 160 < 40 ? 230 : level + 12));
    expect(Math.abs(light.gain * 110 + light.offset - 122)).toBeLessThan(1);
  });

  test('does not count cells that are ignored', () => {
    const ignored = Uint8Array.from({ length: cells }, (_, cell) => (cell % 160 < 100 ? 1 : 0));
    const light = measure((level, cell) => (cell % 160 < 100 ? 240 : level), ignored);
    expect(light.shift).toBeLessThan(0.5);
  });

  test('of a picture that is all black or white is none', () => {
    const meter = createLightMeter();
    const light = { gain: 2, offset: 9, shift: 9 };
    const black = new Float32Array(cells);
    meter.calibrate(black);
    meter.measure(black, black, new Uint8Array(cells), light);
    expect(light).toEqual({ gain: 1, offset: 0, shift: 0 });
  });
});
