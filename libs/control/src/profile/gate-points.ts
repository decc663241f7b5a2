import type { GatePoint, Profile } from './profile.ts';

/** The gate's own default, where nothing is missed that it can see. */
const usualSensitivity = 50;

/**
 * What the gate lets pass at the steps of its lever, from the least sensitive to the most: measured values between
 * the profile's, or else an assumption. It says that what a deaf gate doesn't send is lost in full, so the lever is
 * rather left alone.
 */
export function gatePoints({ gate = [] }: Profile, steps: readonly number[]): GatePoint[] {
  const known = gate.toSorted((a, b) => a.motionSensitivity - b.motionSensitivity);
  return steps.map((step) => (known.length > 0 ? interpolate(known, step) : assumed(step)));
}

function assumed(motionSensitivity: number): GatePoint {
  const deafness = Math.max(0, 1 - motionSensitivity / usualSensitivity);
  const share = 1 - 0.4 * deafness ** 2;
  return { motionSensitivity, sentShare: share, accuracyShare: share };
}

/** Linear between the two neighbours; beyond the outermost point nothing was measured, so it holds. */
function interpolate(known: readonly GatePoint[], motionSensitivity: number): GatePoint {
  const above = known.find((point) => point.motionSensitivity >= motionSensitivity) ?? known.at(-1);
  const below = known.findLast((point) => point.motionSensitivity <= motionSensitivity) ?? known[0];
  if (!above || !below) return assumed(motionSensitivity);
  const span = above.motionSensitivity - below.motionSensitivity;
  const share = span > 0 ? (motionSensitivity - below.motionSensitivity) / span : 0;
  const between = (of: (point: GatePoint) => number): number => of(below) + share * (of(above) - of(below));
  return {
    motionSensitivity,
    sentShare: between((point) => point.sentShare),
    accuracyShare: between((point) => point.accuracyShare),
  };
}
