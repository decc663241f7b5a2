import { rgb } from '../painting/paint.ts';
import { hashUnit } from '../random.ts';
import type { Condition } from './condition.ts';
import { gustAt } from './gust.ts';
import { rain } from './rain.ts';

const splash = rgb(222, 226, 230, 0.45);
const mostStreaks = 1150;
const splashes = 260;

/** Pouring rain whose density swells in gusts, with splashes on the ground. */
export const heavyRain: Condition = {
  tone: () => ({ gain: 0.78, offset: 16, saturation: 0.65 }),
  paintBefore(painter, moment) {
    const { seed, frameIndex, seconds, width, height } = moment;
    const density = 0.65 + 0.35 * gustAt(seconds, seed, 8800);
    rain(Math.round(mostStreaks * density)).paintBefore?.(painter, moment);
    for (let index = 0; index < splashes * density; index++) {
      const unit = (trait: number) => hashUnit(seed ^ frameIndex, index, 8810 + trait);
      const nearness = unit(0);
      const x = unit(1) * width;
      const y = height * (0.16 + 0.84 * nearness);
      const radius = height * (0.0008 + 0.0016 * nearness);
      painter.capsule(x - radius * 1.5, y, radius, x + radius * 1.5, y, radius, splash);
    }
  },
};
