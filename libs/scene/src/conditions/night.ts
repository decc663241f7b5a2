import type { Condition } from './condition.ts';

/** Street lamps at these places of the picture (shares of width and height). */
const lamps = [
  [0.18, 0.42],
  [0.52, 0.4],
  [0.86, 0.44],
  [0.35, 0.95],
] as const;
const ambient = 0.14;

/** Pools of lamp light in the dark, little colour. */
export const night: Condition = {
  tone: () => ({ gain: 0.9, offset: 6, saturation: 0.55 }),
  light(x, y) {
    let light = ambient;
    for (const [lampX, lampY] of lamps) {
      const dx = (x - lampX) / 0.1;
      const dy = (y - lampY) / 0.24;
      light += 0.6 / (1 + dx * dx + dy * dy);
    }
    return Math.min(1.1, light);
  },
};
