import { assumedAccuracy, assumedBytes } from './built-in-profile.ts';
import type { Setting } from './settings.ts';
import { rateExponent } from './settings.ts';

/** The levers of a setting; of the gate's, where it is no lever, nothing is said. */
export interface Levers extends Pick<Setting, 'framesPerSecond' | 'width' | 'quality' | 'model'> {
  readonly motionSensitivity?: number | undefined;
}

/** Whether all levers stand alike. */
export function isSameSetting(a: Levers, b: Levers): boolean {
  return (
    a.framesPerSecond === b.framesPerSecond &&
    a.width === b.width &&
    a.quality === b.quality &&
    a.motionSensitivity === b.motionSensitivity &&
    a.model === b.model
  );
}

/**
 * The setting that some levers make, also between and beyond the steps, where what is wanted or pinned may lie: as far
 * from the nearest setting as the curves of the built-in profile say.
 *
 * @param settings at least one
 */
export function settingAt(settings: readonly Setting[], levers: Levers): Setting {
  const measured = settings.find((setting) => isAt(setting, levers));
  if (measured) return measured;
  const nearest = nearestTo(settings, levers);
  const { framesPerSecond, width, quality, motionSensitivity } = levers;
  const isGateMoved = nearest.motionSensitivity !== undefined && motionSensitivity !== undefined;
  const picture =
    assumedAccuracy({ ...levers, framesPerSecond: nearest.framesPerSecond }) / assumedAccuracy(nearest);
  return {
    ...nearest,
    framesPerSecond,
    width,
    quality,
    ...(isGateMoved && { motionSensitivity }),
    accuracy: (nearest.accuracy * assumedAccuracy(levers)) / assumedAccuracy(nearest),
    bytesPerFrame: (nearest.bytesPerFrame * assumedBytes(levers)) / assumedBytes(nearest),
    utility: nearest.utility * picture * (framesPerSecond / nearest.framesPerSecond) ** rateExponent,
  };
}

/** Where the gate is no lever of the setting, any sensitivity is. */
function isAt(setting: Setting, levers: Levers): boolean {
  return (
    isSameSetting(setting, levers) ||
    (setting.motionSensitivity === undefined &&
      isSameSetting(setting, { ...levers, motionSensitivity: undefined }))
  );
}

function nearestTo(settings: readonly Setting[], levers: Levers): Setting {
  const distance = (point: Setting): number =>
    Math.abs(Math.log(point.framesPerSecond / levers.framesPerSecond)) +
    Math.abs(Math.log(point.width / levers.width)) +
    Math.abs(Math.log(point.quality / levers.quality)) +
    Math.abs((point.motionSensitivity ?? 0) - (levers.motionSensitivity ?? point.motionSensitivity ?? 0)) /
      100 +
    (point.model === levers.model ? 0 : 10);
  let [nearest] = settings;
  let least = Infinity;
  for (const setting of settings) {
    const own = distance(setting);
    if (own < least) [nearest, least] = [setting, own];
  }
  if (!nearest) throw new RangeError('a camera has no setting, expected at least one');
  return nearest;
}
