import { cosine, sine } from '../wave.ts';

/** A point of the body in metres: along the walking direction, and above the hip or shoulder it hangs from. */
export interface BodyPoint {
  readonly forward: number;
  readonly up: number;
}

/** Metres walked in one cycle of two steps, for a person of 1.75 m. */
export const strideMetres = 1.45;

const thighSwing = 0.46;
const armSwing = 0.5;

/** Knee and ankle below the hip; lengths in metres, `phase` in radians (legs are half a turn apart). */
export function legPose(phase: number, thigh: number, shin: number): [knee: BodyPoint, ankle: BodyPoint] {
  const hip = thighSwing * sine(phase) + 0.08;
  // The knee folds while the leg swings forward and is nearly straight while it carries.
  const bend = 0.08 + 0.85 * Math.max(0, cosine(phase));
  const knee = { forward: thigh * sine(hip), up: -thigh * cosine(hip) };
  return [knee, reach(knee, hip - bend, shin)];
}

/** Elbow and hand below the shoulder. */
export function armPose(phase: number, upper: number, lower: number): [elbow: BodyPoint, hand: BodyPoint] {
  const shoulder = armSwing * sine(phase) - 0.08;
  const elbow = { forward: upper * sine(shoulder), up: -upper * cosine(shoulder) };
  return [elbow, reach(elbow, shoulder + 0.35 + 0.25 * sine(phase), lower)];
}

function reach(from: BodyPoint, angle: number, length: number): BodyPoint {
  return { forward: from.forward + length * sine(angle), up: from.up - length * cosine(angle) };
}
