import type { CameraSettings } from '../src/camera-settings.ts';

/** Of a camera whose every frame with motion leaves, and nothing else. */
export const plainSettings: CameraSettings = {
  framesPerSecond: 10,
  width: 640,
  quality: 80,
  motionSensitivity: 50,
  motionMasks: [],
  privacyMasks: [],
  preRollSeconds: 0,
  postRollSeconds: 0,
  keepAliveSeconds: 0,
  watching: 'frames',
};
