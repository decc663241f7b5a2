import { hashUnit } from '../random.ts';
import { sine } from '../wave.ts';
import type { Condition } from './condition.ts';
import { smoothStep } from './gust.ts';

const everySeconds = 7;
const night = 0.34;

/** One pair of headlights that sweeps over the view, from a car that never comes into it. */
interface Sweep {
  readonly share: number;
  readonly leftwards: boolean;
  readonly strength: number;
  readonly width: number;
  readonly slant: number;
}

/** A dark street over whose ground and walls the headlights of cars out of view sweep. */
export const headlights: Condition = {
  tone: () => ({ gain: 0.95, offset: 6, saturation: 0.35 }),
  movingLight({ seed, seconds }) {
    const sweep = sweepAt(seed, seconds);
    return (x, y) => {
      const ambient = night + lamp(x, y, 0.2, 0.3) + lamp(x, y, 0.75, 0.2);
      const dark = ambient * (0.4 + 0.6 * smoothStep(y / 0.12));
      return sweep ? dark + beam(sweep, x, y) : dark;
    };
  },
};

/** A pool of light around a street lamp. */
function lamp(x: number, y: number, lampX: number, levels: number): number {
  const dx = (x - lampX) / 0.22;
  const dy = (y - 0.35) / 0.4;
  return levels / (1 + dx * dx + dy * dy);
}

function sweepAt(seed: number, seconds: number): Sweep | undefined {
  const index = Math.floor(seconds / everySeconds);
  const unit = (trait: number) => hashUnit(seed, index, 8600 + trait);
  const length = 1.5 + 3.5 * unit(0);
  const share = (seconds - index * everySeconds - (everySeconds - length) * unit(1)) / length;
  if (share <= 0 || share >= 1) return undefined;
  return {
    share,
    leftwards: unit(2) < 0.5,
    strength: 0.35 + 0.55 * unit(3),
    width: 0.12 + 0.14 * unit(4),
    slant: 0.3 * unit(5),
  };
}

/** Wide on the near ground, narrow and bright on the far walls; it swells and fades as the car turns. */
function beam({ share, leftwards, strength, width, slant }: Sweep, x: number, y: number): number {
  const across = leftwards ? 1 - x : x;
  const middle = -0.3 + 1.6 * share * share * (1.6 - 0.6 * share) + slant * (y - 0.3);
  const spread = width * (0.6 + 1.1 * y);
  const off = (across - middle) / spread;
  const edge = 1 - smoothStep(off < 0 ? -off : off);
  const high = smoothStep(y / 0.15) * (1 - 0.75 * smoothStep((y - 0.35) / 0.6));
  return strength * edge * high * sine(Math.PI * share);
}
