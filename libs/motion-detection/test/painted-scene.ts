import type { GateDecision } from '../src/decision.ts';
import type { GateOptions } from '../src/gate.ts';
import { createMotionGate } from '../src/gate.ts';

/** Scenes painted straight into the gate's small plane, for tests that take milliseconds. */

export const [width, height] = [320, 180];
export const FRAME_US = 100_000;
/** Frames that pass before the scenes below show anything. */
export const START = 30;

export type Paint = (plane: Uint8Array, frame: number) => void;

/** Small deterministic noise source (xorshift), so that a failure repeats. */
export function createNoise(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** About normal, deviation 1; a frame begins somewhere in it, so that no two frames have the same noise. */
const grain = (() => {
  const random = createNoise(11);
  return Float32Array.from({ length: 1 << 18 }, () => 2 * (random() + random() + random() - 1.5));
})();

/** A textured wall and floor with sensor noise, then whatever `paint` adds. */
export function scene(paint: Paint = () => {}, { noise = 2, seed = 7 } = {}): (frame: number) => Uint8Array {
  const random = createNoise(seed);
  const wall = Float32Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    return 90 + (((x >> 4) + (y >> 4)) % 2 === 0 ? 20 : 0) + (y >> 1);
  });
  const plane = new Uint8Array(width * height);
  return (frame) => {
    const from = Math.floor(random() * (grain.length - plane.length));
    for (let at = 0; at < plane.length; at++) plane[at] = wall[at]! + noise * grain[from + at]!;
    paint(plane, frame);
    return plane;
  };
}

export function block(plane: Uint8Array, x: number, y: number, w: number, h: number, change: number): void {
  for (let row = Math.max(0, Math.round(y)); row < Math.min(height, Math.round(y) + h); row++)
    for (let column = Math.max(0, Math.round(x)); column < Math.min(width, Math.round(x) + w); column++)
      plane[row * width + column] = Math.min(255, Math.max(0, plane[row * width + column]! + change));
}

export function everywhere(plane: Uint8Array, change: (level: number) => number): void {
  for (let at = 0; at < plane.length; at++)
    plane[at] = Math.min(255, Math.max(0, Math.round(change(plane[at]!))));
}

/** Every decision on `frames` frames, copied. */
export function run(
  render: (frame: number) => Uint8Array,
  frames: number,
  options: GateOptions = {},
): GateDecision[] {
  const gate = createMotionGate(options);
  return Array.from({ length: frames }, (_, frame) => {
    const decision = gate.process({ data: render(frame), stride: width, width, height }, frame * FRAME_US);
    return {
      ...decision,
      regions: decision.regions.map((region) => ({ ...region })),
      causes: [...decision.causes],
      shift: { ...decision.shift },
      light: { ...decision.light },
    };
  });
}

export const motions = (decisions: readonly GateDecision[]) =>
  decisions.filter(({ motion }) => motion).length;
