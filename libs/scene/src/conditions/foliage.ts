import { rgb, shaded } from '../painting/paint.ts';
import { hashUnit } from '../random.ts';
import { sine } from '../wave.ts';
import type { Condition } from './condition.ts';

const leafGreen = rgb(86, 136, 62);
const bark = rgb(84, 66, 50);
/** Where the trunks stand, share of the height. */
const foot = 0.37;

/** Crowns of trees (shares of width and height) behind the figures. */
const crowns = [
  { x: 0.1, y: 0.17, radius: 0.17 },
  { x: 0.42, y: 0.13, radius: 0.14 },
  { x: 0.68, y: 0.18, radius: 0.15 },
  { x: 0.93, y: 0.15, radius: 0.18 },
] as const;

/** Leaves in the wind: each crown sways in gusts, each leaf flutters. */
export function foliage(leavesPerCrown: number): Condition {
  return {
    paintBehind(painter, { seed, seconds, width, height }) {
      crowns.forEach((crown, tree) => {
        const gust = 0.012 * sine(seconds * 1.7 + tree * 2) * (1 + sine(seconds * 0.4 + tree));
        const trunkX = crown.x * width;
        painter.capsule(
          trunkX,
          height * crown.y,
          height * 0.008,
          trunkX,
          height * foot,
          height * 0.014,
          bark,
          20,
        );
        for (let leaf = 0; leaf < leavesPerCrown; leaf++) {
          const unit = (trait: number) => hashUnit(seed + tree, leaf, 6000 + trait);
          const across = unit(0) + unit(1) - 1;
          const down = unit(2) + unit(3) - 1;
          const flutter = 0.004 * sine(seconds * (4 + 3 * unit(4)) + 6 * unit(5));
          const x = crown.x * width + height * (across * crown.radius + gust * (1 - down) + flutter);
          const y = height * (crown.y + down * crown.radius * 0.8 + flutter * 0.6);
          const size = height * (0.007 + 0.009 * unit(6));
          const paint = shaded(leafGreen, 0.7 - 0.3 * down + 0.4 * unit(7));
          painter.capsule(x, y, size, x + size, y + size * (unit(5) - 0.5), size * 0.5, paint, 8);
        }
      });
    },
  };
}
