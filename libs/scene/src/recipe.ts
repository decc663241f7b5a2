import { paintPlaza } from './backdrops/plaza.ts';
import { paintStreet } from './backdrops/street.ts';
import { paintYard } from './backdrops/yard.ts';
import { cloudShadow } from './conditions/cloud-shadow.ts';
import type { Condition } from './conditions/condition.ts';
import { foliage } from './conditions/foliage.ts';
import { headlights } from './conditions/headlights.ts';
import { heavyRain } from './conditions/heavy-rain.ts';
import { infrared } from './conditions/infrared.ts';
import { insects } from './conditions/insects.ts';
import { keyFramePulsing } from './conditions/key-frame-pulsing.ts';
import { huntingExposure, rampingLight } from './conditions/light-changes.ts';
import { lightStep } from './conditions/light-step.ts';
import { lowContrast } from './conditions/low-contrast.ts';
import { night } from './conditions/night.ts';
import { rain } from './conditions/rain.ts';
import { sensorNoise } from './conditions/sensor-noise.ts';
import { shake } from './conditions/shake.ts';
import { snow } from './conditions/snow.ts';
import type { Place } from './staging.ts';
import { plazaWalkers, rareWalker, rushHour, streetTraffic, yardTraffic } from './timetables.ts';
import type { Traffic } from './traffic.ts';

/** A scene is a place, its traffic, and the conditions it is filmed under. */
export interface Recipe {
  readonly description: string;
  readonly place: Place;
  readonly traffic: Traffic;
  readonly conditions: readonly Condition[];
}

const streetPlace: Place = {
  backdrop: paintStreet,
  framing: { horizon: 0.18, focal: 1.58, heightMetres: 3.1 },
};
const plazaPlace: Place = { backdrop: paintPlaza, framing: { horizon: 0.16, focal: 1.6, heightMetres: 3.5 } };
const yardPlace: Place = { backdrop: paintYard, framing: { horizon: 0.14, focal: 1.5, heightMetres: 3.5 } };
const daylight = sensorNoise(1.3);

export const recipes: Readonly<Record<string, Recipe>> = {
  street: {
    description: 'walkers and cars in a street by day, with empty gaps',
    place: streetPlace,
    traffic: streetTraffic,
    conditions: [daylight],
  },
  plaza: {
    description: 'several walkers who cross a square in all directions',
    place: plazaPlace,
    traffic: plazaWalkers,
    conditions: [daylight],
  },
  'rush-hour': {
    description: 'the square with somebody under way at every moment',
    place: plazaPlace,
    traffic: rushHour,
    conditions: [daylight],
  },
  quiet: {
    description: 'a still yard with sensor noise and a rare walker',
    place: yardPlace,
    traffic: rareWalker,
    conditions: [sensorNoise(2)],
  },
  rain: {
    description: 'the street in heavy rain',
    place: streetPlace,
    traffic: streetTraffic,
    conditions: [rain(320), sensorNoise(1.6)],
  },
  night: {
    description: 'the street under lamps, with much sensor noise',
    place: streetPlace,
    traffic: streetTraffic,
    conditions: [night, sensorNoise(4)],
  },
  snow: {
    description: 'the square in falling snow',
    place: plazaPlace,
    traffic: plazaWalkers,
    conditions: [snow(420), daylight],
  },
  'light-step': {
    description: 'the square with brightness that jumps every six seconds',
    place: plazaPlace,
    traffic: plazaWalkers,
    conditions: [lightStep, daylight],
  },
  'low-contrast': {
    description: 'the yard in haze: walkers differ little from what lies behind them',
    place: yardPlace,
    traffic: yardTraffic,
    conditions: [lowContrast(0.32), daylight],
  },
  foliage: {
    description: 'the square behind trees whose leaves move in the wind',
    place: plazaPlace,
    traffic: plazaWalkers,
    conditions: [foliage(90), daylight],
  },
  shake: {
    description: 'the street from a camera that trembles in the wind',
    place: streetPlace,
    traffic: streetTraffic,
    conditions: [shake(0.012), daylight],
  },
  'heavy-rain': {
    description: 'the street in pouring rain that swells in gusts, with splashes',
    place: streetPlace,
    traffic: streetTraffic,
    conditions: [heavyRain, sensorNoise(2)],
  },
  'light-ramp': {
    description: 'the square in light that drifts, and ramps within seconds',
    place: plazaPlace,
    traffic: plazaWalkers,
    conditions: [rampingLight, daylight],
  },
  'cloud-shadow': {
    description: 'the square under soft shadows of clouds that drift over it',
    place: plazaPlace,
    traffic: plazaWalkers,
    conditions: [cloudShadow, daylight],
  },
  headlights: {
    description: 'the yard at night, over which headlights sweep from cars out of view',
    place: yardPlace,
    traffic: yardTraffic,
    conditions: [headlights, sensorNoise(2.5)],
  },
  'exposure-steps': {
    description: 'the square from a camera whose exposure hunts',
    place: plazaPlace,
    traffic: plazaWalkers,
    conditions: [huntingExposure, daylight],
  },
  'key-frame-pulsing': {
    description: 'the yard as a low bit rate leaves it: it blurs, and each key frame sharpens it',
    place: yardPlace,
    traffic: rareWalker,
    conditions: [keyFramePulsing],
  },
  insects: {
    description: 'the yard at night in infrared light, with insects close to the lens',
    place: yardPlace,
    traffic: rareWalker,
    conditions: [infrared, insects, sensorNoise(2.5)],
  },
};
