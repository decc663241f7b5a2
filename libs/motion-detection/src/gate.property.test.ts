import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GateDecision } from './decision.ts';
import { createMotionGate } from './gate.ts';

const [width, height] = [64, 48];
const frames = 24;

/** Frames with a rectangle that jumps about on a grey ground. */
const clips = fc.array(
  fc.record({
    ground: fc.integer({ min: 0, max: 255 }),
    x: fc.integer({ min: 0, max: width - 1 }),
    y: fc.integer({ min: 0, max: height - 1 }),
    size: fc.integer({ min: 1, max: 40 }),
    level: fc.integer({ min: 0, max: 255 }),
  }),
  { minLength: frames, maxLength: frames },
);

type Clip = typeof clips extends fc.Arbitrary<infer T> ? T : never;

function planeOf({ ground, x, y, size, level }: Clip[number], steadyGround: number | null): Uint8Array {
  const plane = new Uint8Array(width * height).fill(steadyGround ?? ground);
  for (let row = y; row < Math.min(height, y + size); row++)
    plane.fill(level, row * width + x, row * width + Math.min(width, x + size));
  return plane;
}

function watch(clip: Clip, options = {}, steadyGround: number | null = 100): GateDecision[] {
  const gate = createMotionGate(options);
  return clip.map((picture, frame) => {
    const plane = { data: planeOf(picture, steadyGround), stride: width, width, height };
    return structuredClone(gate.process(plane, frame * 100_000));
  });
}

describe('whatever the pictures show', () => {
  test('a picture that stays the same is no motion', () => {
    const still = fc.uint8Array({ minLength: width * height, maxLength: width * height });
    fc.assert(
      fc.property(still, (data) => {
        const gate = createMotionGate({ sensitivity: 100 });
        for (let frame = 0; frame < frames; frame++)
          expect(gate.process({ data, stride: width, width, height }, frame * 100_000).motion).toBe(false);
      }),
      { numRuns: 20 },
    );
  });

  test('a mask over all of it silences it', () => {
    const motionMasks = [[[0, 0], [width, 0], [width, height], [0, height]]] as const; // prettier-ignore
    fc.assert(
      fc.property(clips, (clip) => {
        expect(watch(clip, { motionMasks }).some(({ motion }) => motion)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  test('the same pictures give the same decisions', () => {
    fc.assert(
      fc.property(clips, (clip) => {
        expect(watch(clip, {}, null)).toEqual(watch(clip, {}, null));
      }),
      { numRuns: 30 },
    );
  });

  test('regions lie inside the picture, with motion and only then', () => {
    fc.assert(
      fc.property(clips, (clip) => {
        for (const { motion, regions, score } of watch(clip, { sensitivity: 100 })) {
          expect(regions.length > 0).toBe(motion);
          expect(Number.isFinite(score)).toBe(true);
          for (const region of regions) {
            expect(Math.min(region.x, region.y)).toBeGreaterThanOrEqual(0);
            expect(region.x + region.width).toBeLessThanOrEqual(width);
            expect(region.y + region.height).toBeLessThanOrEqual(height);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
