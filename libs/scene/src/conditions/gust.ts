import { hashUnit } from '../random.ts';

const meanSeconds = 9;

/** Wind: 0 (calm) .. 1; gusts of some seconds that begin, swell and ease, with calm between. `salt` tells winds apart. */
export function gustAt(seconds: number, seed: number, salt: number): number {
  const index = Math.floor(seconds / meanSeconds);
  const unit = (trait: number) => hashUnit(seed, index, salt + trait);
  const length = 3.5 + 4 * unit(0);
  const start = index * meanSeconds + unit(1) * (meanSeconds - length);
  const share = (seconds - start) / length;
  if (share <= 0 || share >= 1) return 0;
  const strength = 0.35 + 0.65 * unit(2);
  return strength * smoothStep(share / 0.35) * smoothStep((1 - share) / 0.5);
}

/** 0 below 0, 1 above 1, without a corner between. */
export function smoothStep(share: number): number {
  const clamped = Math.min(1, Math.max(0, share));
  return clamped * clamped * (3 - 2 * clamped);
}
