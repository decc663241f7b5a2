import type { CameraRule } from './per-camera.ts';

/** No control: one setting for good. `share` 0 is the least accurate one of the profile, 1 the most accurate. */
export function staticSetting(name: string, share: number): CameraRule<null> {
  return {
    name,
    init: () => null,
    next(own, { settings }) {
      const setting = settings[Math.round(share * (settings.length - 1))];
      if (!setting) throw new RangeError('a camera has no setting, expected at least one');
      return { own, setting };
    },
  };
}
