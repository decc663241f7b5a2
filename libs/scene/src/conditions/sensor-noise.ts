import type { Condition } from './condition.ts';

/** Noise of the sensor with this standard deviation in luma levels. */
export function sensorNoise(levels: number): Condition {
  return { noiseLevels: levels };
}
