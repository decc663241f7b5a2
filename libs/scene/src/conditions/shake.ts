import { hashUnit } from '../random.ts';
import { sine } from '../wave.ts';
import type { Condition } from './condition.ts';

/** A camera on a pole in the wind: slow sway and fast tremor, at most `reach` of the frame's height. */
export function shake(reach: number): Condition {
  return {
    shake: {
      reach,
      at: (seconds, seed, frameIndex) => [
        reach * (0.6 * sine(seconds * 3.9) + 0.8 * (hashUnit(seed, frameIndex, 5000) - 0.5)),
        reach * (0.4 * sine(seconds * 5.3 + 1) + 0.8 * (hashUnit(seed, frameIndex, 5001) - 0.5)),
      ],
    },
  };
}
