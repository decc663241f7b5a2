import { hashUnit } from '../random.ts';
import type { Condition } from './condition.ts';

const stepSeconds = 6;

/** Brightness that jumps every few seconds, as when a lamp is switched or an exposure control acts. */
export const lightStep: Condition = {
  tone(seconds, seed) {
    const step = Math.floor(seconds / stepSeconds);
    return { gain: 0.62 + 0.6 * hashUnit(seed, step, 4000), offset: 0, saturation: 1 };
  },
};
