import { describe, expect, it } from 'vitest';
import { createSizedGate } from './sized-gate.ts';

const plane = (width: number, height: number) => ({
  data: new Uint8Array(width * height).fill(90),
  stride: width,
  width,
  height,
});
const whole = (width: number, height: number) => [[0, 0], [width, 0], [width, height], [0, height]] as const; // prettier-ignore

describe('a gate whose pictures change their size', () => {
  it.each([
    [320, 180, 1280, 720],
    [1280, 720, 320, 180],
  ])('takes masks for the next picture, from %ix%i to %ix%i, and settles anew', (w1, h1, w2, h2) => {
    const gate = createSizedGate();
    gate.configure({ motionMasks: [whole(w1, h1)] });
    for (let i = 0; i < 20; i++) gate.process(plane(w1, h1), i * 100_000);
    gate.configure({ motionMasks: [whole(w2, h2)] });
    expect(gate.process(plane(w2, h2), 2_000_000)).toMatchObject({ motion: false, suppressed: 'settling' });
  });

  it('keeps what it knows when only its options change', () => {
    const gate = createSizedGate();
    for (let i = 0; i < 20; i++) gate.process(plane(320, 180), i * 100_000);
    gate.configure({ sensitivity: 80 });
    expect(gate.process(plane(320, 180), 2_000_000).suppressed).not.toBe('settling');
  });
});
