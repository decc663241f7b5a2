import { hashUnit } from '../random.ts';
import { sine } from '../wave.ts';
import type { Condition } from './condition.ts';
import { smoothStep } from './gust.ts';

const stepSeconds = 6;

/** Lamps that are switched: sudden jumps of brightness at irregular times. */
export const switchedLight: Condition = {
  tone(seconds, seed) {
    const current = Math.floor(seconds / stepSeconds);
    const isBefore = seconds < jumpAt(seed, current, stepSeconds);
    return { gain: levelOf(seed, isBefore ? current - 1 : current, 0.6, 1.2), offset: 0, saturation: 1 };
  },
};

const rampSeconds = 8;

/** Dawn and clouds without edges: a slow drift, and faster ramps of 2 to 6 s. */
export const rampingLight: Condition = {
  tone(seconds, seed) {
    const current = Math.floor(seconds / rampSeconds);
    const length = 2 + 4 * hashUnit(seed, current, 8310);
    const start = current * rampSeconds + (rampSeconds - length) * hashUnit(seed, current, 8311);
    const from = levelOf(seed, current - 1, 0.75, 1.1);
    const share = smoothStep((seconds - start) / length);
    const ramp = from + (levelOf(seed, current, 0.75, 1.1) - from) * share;
    const dawn = 0.9 + 0.15 * sine(seconds * 0.07 + 6 * hashUnit(seed, 0, 8312));
    return { gain: ramp * dawn, offset: 0, saturation: 1 };
  },
};

const huntSeconds = 7;
/** Auto-exposure acts this often. */
const actSeconds = 0.2;

/** Auto-exposure that hunts: every few seconds several small steps within a second; bright parts are clipped. */
export const huntingExposure: Condition = {
  tone(seconds, seed) {
    const hunt = Math.floor(seconds / huntSeconds);
    const start = hunt * huntSeconds + (huntSeconds - 2) * hashUnit(seed, hunt, 8320);
    const settled = levelOf(seed, seconds < start ? hunt - 1 : hunt, 1.2, 1.45);
    const act = Math.floor((seconds - start) / actSeconds);
    const acts = 4 + Math.floor(4 * hashUnit(seed, hunt, 8321));
    const isHunting = act >= 0 && act < acts;
    const miss =
      (act % 2 === 0 ? 1 : -1) * (0.08 - 0.009 * act) * (0.6 + 0.8 * hashUnit(seed, hunt, 8322 + act));
    return { gain: settled * (isHunting ? 1 + miss : 1), offset: 0, saturation: 1 };
  },
};

function jumpAt(seed: number, index: number, every: number): number {
  return (index + hashUnit(seed, index, 8300)) * every;
}

function levelOf(seed: number, index: number, least: number, most: number): number {
  return least + (most - least) * hashUnit(seed, index, 8301);
}
