import { bytesPerSecond, servicePerSecond } from '../profile/pareto-front.ts';
import type { Setting } from '../profile/settings.ts';

/** One step up multiplies the frame rate by this at most, or goes to the next one that there is. */
const largestClimb = 2.5;

/**
 * The way up to a setting goes in steps: what a link or a worker can carry was learnt at the load of now, and ten
 * times as much of it is a guess. Of all settings between where a camera stands and where it may go, the one that is
 * worth most and within a step; undefined where none is worth more than now. Ways down have no steps.
 *
 * @param settings all that the camera can take
 */
export function nextStepUp(settings: readonly Setting[], now: Setting, target: Setting): Setting | undefined {
  if (target.framesPerSecond <= largestClimb * now.framesPerSecond) return target;
  const rates = settings.map(({ framesPerSecond }) => framesPerSecond);
  const next = Math.min(...rates.filter((rate) => rate > now.framesPerSecond));
  const most = Math.max(next, largestClimb * now.framesPerSecond);
  if (target.framesPerSecond <= most) return target;
  const steps = settings.filter(
    (setting) =>
      setting.model === target.model &&
      setting.motionSensitivity === target.motionSensitivity &&
      setting.framesPerSecond <= most &&
      setting.utility > now.utility &&
      bytesPerSecond(setting) <= bytesPerSecond(target) &&
      servicePerSecond(setting) <= servicePerSecond(target),
  );
  const onTheWay = steps.filter(
    (setting) =>
      isBetween(setting.framesPerSecond, now.framesPerSecond, target.framesPerSecond) &&
      isBetween(setting.width, now.width, target.width) &&
      isBetween(setting.quality, now.quality, target.quality),
  );
  return mostWorth(onTheWay) ?? mostWorth(steps);
}

function mostWorth(settings: readonly Setting[]): Setting | undefined {
  return settings.toSorted((a, b) => b.utility - a.utility)[0];
}

function isBetween(value: number, a: number, b: number): boolean {
  return value >= Math.min(a, b) && value <= Math.max(a, b);
}
