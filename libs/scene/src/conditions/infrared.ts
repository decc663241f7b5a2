import { hash, hashUnit } from '../random.ts';
import type { Condition } from './condition.ts';

/** A camera at night with its infrared lamp: no colour, light that falls off from the middle. */
export const infrared: Condition = {
  tone: () => ({ gain: 0.95, offset: 8, saturation: 0 }),
  light(x, y) {
    const dx = (x - 0.5) / 0.75;
    const dy = (y - 0.55) / 0.75;
    return 0.36 + 0.5 / (1 + dx * dx + dy * dy);
  },
};

/** Noise of a high gain, 4 to 6 levels by the seed, and hot pixels that blink. */
export function gainNoise(seed: number): Condition {
  const hotPixels = 4 + Math.floor(6 * hashUnit(seed, 0, 8500));
  return {
    noiseLevels: 4 + 2 * hashUnit(seed, 1, 8500),
    paintOnSensor(luma, { frameIndex }) {
      for (let index = 0; index < hotPixels; index++) {
        if (hashUnit(seed ^ frameIndex, index, 8501) < 0.45) continue;
        luma[hash(seed, index, 8502) % luma.length] = 235;
      }
    },
  };
}
