import { hashUnit } from '../random.ts';
import type { Condition } from './condition.ts';

const groupSeconds = 2;

/** H.264 at a low bit rate with a key frame every 2 s: texture blurs in between and snaps back. */
export const keyFramePulsing: Condition = {
  pulsing: { groupsAt: (seconds, seed) => seconds / groupSeconds + hashUnit(seed, 0, 9000) },
  noiseLevels: 1,
};
