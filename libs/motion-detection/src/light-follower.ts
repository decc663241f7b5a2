import type { BackgroundModel } from './background-model.ts';
import { relight } from './background-model.ts';
import type { LightChange } from './light-compensation.ts';
import { createLightMeter } from './light-compensation.ts';

/** Keeps the background as bright as the picture. */
export interface LightFollower {
  /** For how long the rest of a jump, which compensation could not take back, may still show. */
  readonly holdSeconds: number;
  /** What was compensated in the last frame. */
  readonly change: LightChange;
  /** Instead of `follow` while local light hides what happens to all of it. */
  skip(seconds: number): void;
  /** True: the light changed, and the model with it. Cells whose `ignored` is not 0 don't count. */
  follow(
    model: BackgroundModel,
    current: Float32Array,
    ignored: Uint8Array,
    isShaken: boolean,
    seconds: number,
  ): boolean;
  /** Needed now and then, as the background changes. */
  calibrate(mean: Float32Array): void;
  forget(): void;
}

/** Light is followed from this shift in levels; below, the running mean keeps up. */
const LIGHT_SHIFT = 0.75;
/** While the camera trembles, the picture differs in brightness by chance. */
const SHAKEN_SHIFT = 3;
/** A jump of light that compensation can't take back exactly: clipped and coloured parts settle. */
const LIGHT_JUMP = 6;
const LIGHT_HOLD_SECONDS = 0.4;

export function createLightFollower(): LightFollower {
  const meter = createLightMeter();
  const change: LightChange = { gain: 1, offset: 0, shift: 0 };
  let holdSeconds = 0;
  return {
    change,
    get holdSeconds() {
      return holdSeconds;
    },
    skip(seconds) {
      holdSeconds = Math.max(0, holdSeconds - seconds);
      change.gain = 1;
      change.offset = 0;
    },
    follow(model, current, ignored, isShaken, seconds) {
      holdSeconds = Math.max(0, holdSeconds - seconds);
      meter.measure(model.mean, current, ignored, change);
      if (change.shift < (isShaken ? SHAKEN_SHIFT : LIGHT_SHIFT)) {
        change.gain = 1;
        change.offset = 0;
        return false;
      }
      relight(model, change.gain, change.offset);
      meter.calibrate(model.mean);
      if (change.shift >= LIGHT_JUMP) holdSeconds = LIGHT_HOLD_SECONDS;
      return true;
    },
    calibrate: (mean) => meter.calibrate(mean),
    forget() {
      holdSeconds = 0;
    },
  };
}
