import { bushes } from '../conditions/bushes.ts';
import { cloudShadow } from '../conditions/cloud-shadow.ts';
import type { Condition } from '../conditions/condition.ts';
import { headlights } from '../conditions/headlights.ts';
import { heavyRain } from '../conditions/heavy-rain.ts';
import { gainNoise, infrared } from '../conditions/infrared.ts';
import { insects } from '../conditions/insects.ts';
import { keyFramePulsing } from '../conditions/key-frame-pulsing.ts';
import { huntingExposure, rampingLight, switchedLight } from '../conditions/light-changes.ts';
import { rain } from '../conditions/rain.ts';
import { sensorNoise } from '../conditions/sensor-noise.ts';
import { snow } from '../conditions/snow.ts';
import { tremor } from '../conditions/tremor.ts';

const daylight = sensorNoise(1.3);
const dusk = sensorNoise(2.5);

/** What disturbs the view of a trial, by name; some depend on the seed beyond what a moment tells. */
export const conditions = {
  still: () => [daylight],
  'night-noise': (seed) => [infrared, gainNoise(seed)],
  rain: () => [rain(320), sensorNoise(1.6)],
  'heavy-rain': () => [heavyRain, sensorNoise(2)],
  snow: () => [snow(420), daylight],
  'light-step': () => [switchedLight, daylight],
  'light-ramp': () => [rampingLight, daylight],
  'cloud-shadow': () => [cloudShadow, daylight],
  headlights: () => [headlights, dusk],
  foliage: () => [bushes, daylight],
  shake: () => [tremor(0.006), daylight],
  'exposure-steps': () => [huntingExposure, daylight],
  'key-frame-pulsing': () => [keyFramePulsing],
  insects: () => [infrared, insects, dusk],
} as const satisfies Readonly<Record<string, (seed: number) => readonly Condition[]>>;

export type TrialCondition = keyof typeof conditions;
