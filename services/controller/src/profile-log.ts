import type { Logger } from '@framegate/service-kit';
import type { ChosenProfile } from './profile-choice.ts';

/** Logs the profile of each camera, once and whenever it is another. */
export function createProfileLog(logger: Logger): (chosen: ReadonlyMap<string, ChosenProfile>) => void {
  const told = new Map<string, string>();
  return (chosen) => {
    for (const [cameraId, { profile, refused }] of chosen) {
      const state = `${profile.name} ${refused ?? ''}`;
      if (told.get(cameraId) === state) continue;
      told.set(cameraId, state);
      if (refused === undefined) logger.info({ cameraId, profile: profile.name }, 'profile of the camera');
      else logger.warn({ cameraId, profile: profile.name }, `${refused}; the built-in one is used`);
    }
  };
}
