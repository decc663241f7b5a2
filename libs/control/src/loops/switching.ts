/**
 * No camera is switched more than six times in a minute. Upwards only while there is room left for the way back; the
 * last switches of a minute may only go down, and the very last goes to the floor, from where no more is needed.
 */
const perMinute = 6;
const upwardsPerMinute = 4;
/** One more only for so much of accuracy, since it leaves no way down but to the floor. */
const lastGain = 0.05;
const minuteUs = 60e6;

export function recentSwitches(switchesUs: readonly number[], atUs: number): readonly number[] {
  return switchesUs.some((switched) => atUs - switched >= minuteUs)
    ? switchesUs.filter((switched) => atUs - switched < minuteUs)
    : switchesUs;
}

/** @param gain what the camera may climb to is worth more than now by so much, 0..1 */
export function maySwitchUp(switchesUs: readonly number[], atUs: number, gain: number): boolean {
  return recentSwitches(switchesUs, atUs).length < upwardsPerMinute + (gain < lastGain ? 0 : 1);
}

/** How a camera may go down: as far as is needed, to the floor because it is the last time, or not at all. */
export function waysDown(switchesUs: readonly number[], atUs: number): 'any' | 'floor' | 'none' {
  const left = perMinute - recentSwitches(switchesUs, atUs).length;
  if (left <= 0) return 'none';
  return left === 1 ? 'floor' : 'any';
}
