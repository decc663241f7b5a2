import type { CameraIntent } from '@framegate/contracts';
import type { Site, SiteCamera } from './site.ts';

/** The intent that the site file seeds where the bus has none yet: revision 0. */
export function intentOf({ site }: Pick<Site, 'site'>, camera: SiteCamera): CameraIntent {
  const { framesPerSecond, width, quality, sensitivity, model } = camera;
  return {
    cameraId: `${site}/${camera.id}`,
    revision: 0,
    motionMasks: [...camera.motionMasks],
    privacyMasks: [...camera.privacyMasks],
    zones: [...camera.zones],
    classes: [...camera.classes],
    objectiveMs: camera.objectiveMs,
    preRollSeconds: camera.preRollSeconds,
    postRollSeconds: camera.postRollSeconds,
    keepAliveSeconds: camera.keepAliveSeconds,
    watching: camera.watching,
    wanted: { framesPerSecond, width, quality, motionSensitivity: sensitivity, model },
  };
}
