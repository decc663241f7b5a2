import { hashUnit } from '../random.ts';
import { sine } from '../wave.ts';
import type { Condition } from './condition.ts';
import { gustAt } from './gust.ts';

/** What is left of the sway in a calm. */
const calm = 0.04;

/** A camera on a pole in gusts of wind: it sways and trembles by at most `reach` of the frame's height. */
export function tremor(reach: number): Condition {
  return {
    tremor: {
      reach,
      at(seconds, seed) {
        const strength = reach * (calm + (1 - calm) * gustAt(seconds, seed, 8200));
        const wave = (hertz: number, trait: number) =>
          sine(seconds * hertz * (0.8 + 0.4 * hashUnit(seed, trait, 8210)) * 2 * Math.PI + trait);
        return [
          strength * (0.5 * wave(0.9, 0) + 0.3 * wave(2.3, 1) + 0.2 * wave(4.1, 2)),
          strength * 0.7 * (0.4 * wave(1.1, 3) + 0.35 * wave(2.9, 4) + 0.25 * wave(4.6, 5)),
        ];
      },
    },
  };
}
