import type { Painter } from '../painting/painter.ts';
import { rgb, shaded } from '../painting/paint.ts';
import { hashUnit } from '../random.ts';
import { sine } from '../wave.ts';
import type { Condition, Moment } from './condition.ts';
import { gustAt } from './gust.ts';

const leafGreen = rgb(84, 128, 60);
const bark = rgb(78, 62, 48);

/** A tuft of leaves: where it grows (shares of width and height), its size and how far the wind bends it (heights). */
interface Tuft {
  readonly x: number;
  readonly y: number;
  readonly across: number;
  readonly up: number;
  readonly bend: number;
  readonly leaves: number;
}

/** Bushes on the ground, a hedge at the back and branches that hang in from above; a good part of the picture. */
const tufts: readonly Tuft[] = [
  { x: 0.05, y: 0.97, across: 0.34, up: 0.4, bend: 0.035, leaves: 150 },
  { x: 0.95, y: 0.99, across: 0.36, up: 0.46, bend: 0.04, leaves: 160 },
  { x: 0.22, y: 0.33, across: 0.3, up: 0.24, bend: 0.022, leaves: 110 },
  { x: 0.76, y: 0.31, across: 0.32, up: 0.24, bend: 0.022, leaves: 110 },
  { x: 0.5, y: 0.24, across: 0.3, up: 0.2, bend: 0.03, leaves: 90 },
  { x: 0.33, y: 1.03, across: 0.34, up: 0.28, bend: 0.025, leaves: 100 },
  { x: 0.6, y: 1.04, across: 0.34, up: 0.26, bend: 0.025, leaves: 90 },
];

/** Bushes and branches in gusts of wind that begin, swell and ease; in a calm the leaves hardly stir. */
export const bushes: Condition = {
  paintBehind(painter, moment) {
    tufts.forEach((tuft, index) => paintTuft(painter, tuft, index, moment));
  },
};

function paintTuft(painter: Painter, tuft: Tuft, index: number, moment: Moment): void {
  const { seed, seconds, width, height } = moment;
  // A gust crosses the picture: each tuft feels it a little later.
  const wind = 0.03 + 0.97 * gustAt(seconds - 1.2 * tuft.x, seed, 8900);
  const sway = wind * tuft.bend * (0.55 + 0.6 * sine(seconds * (4.3 + 0.5 * index) + 2 * index));
  const rootX = (tuft.x + 0.06 * (hashUnit(seed, index, 8910) - 0.5)) * width;
  const rootY = tuft.y * height;
  const size = tuft.up * (0.8 + 0.4 * hashUnit(seed, index, 8911));
  painter.capsule(
    rootX,
    rootY,
    height * 0.01,
    rootX + sway * height,
    rootY - size * height * 0.7,
    height * 0.004,
    bark,
  );
  for (let leaf = 0; leaf < tuft.leaves; leaf++) {
    const unit = (trait: number) => hashUnit(seed + index, leaf, 8920 + trait);
    const up = (unit(0) + unit(1)) / 2;
    const across = (unit(2) + unit(3) - 1) * tuft.across * 0.5 * (0.6 + 0.8 * up);
    const flutter = wind * 0.01 * sine(seconds * (9 + 7 * unit(4)) + 6 * unit(5));
    const x = rootX + height * (across + sway * up * 1.9 + flutter);
    const y = rootY - height * (up * size * 1.1 - 0.4 * flutter);
    const reach = height * (0.011 + 0.014 * unit(6));
    const paint = shaded(leafGreen, 0.55 + 0.55 * up + 0.3 * unit(7));
    painter.capsule(x, y, reach * 0.55, x + reach, y + reach * (unit(5) - 0.5), reach * 0.35, paint, 10);
  }
}
