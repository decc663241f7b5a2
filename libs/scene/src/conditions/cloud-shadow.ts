import { hashUnit } from '../random.ts';
import type { Condition } from './condition.ts';
import { smoothStep } from './gust.ts';

/** Size of a cloud, widths of the picture. */
const cloudSize = 0.45;
const depth = 0.42;

/** Soft-edged shadows of clouds that drift over the picture. */
export const cloudShadow: Condition = {
  movingLight({ seed, seconds }) {
    const speed = (0.06 + 0.12 * hashUnit(seed, 0, 8400)) * (hashUnit(seed, 1, 8400) < 0.5 ? -1 : 1);
    const driftX = 40 + (seconds * speed) / cloudSize;
    const driftY = (seconds * speed * 0.25) / cloudSize;
    return (x, y) => {
      const across = x / cloudSize + driftX;
      const along = (y * 0.8) / cloudSize + driftY;
      const cover =
        0.75 * valueNoise(seed, across, along) + 0.25 * valueNoise(seed + 1, across * 3, along * 3);
      return 1 - depth * smoothStep((cover - 0.48) / 0.14);
    };
  },
};

/** Smooth noise in 0..1 with cells of size 1. */
function valueNoise(seed: number, x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const across = smoothStep(x - column);
  const edge = (line: number) => {
    const left = hashUnit(seed, column, line);
    return left + (hashUnit(seed, column + 1, line) - left) * across;
  };
  const above = edge(row);
  return above + (edge(row + 1) - above) * smoothStep(y - row);
}
