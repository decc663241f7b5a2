import type { CameraDirectory } from '@framegate/camera-directory';
import { siteOf } from '@framegate/contracts';
import type { RunObserver } from '@framegate/run-observer';
import type { FollowedSites } from './follow-sites.ts';

export interface ExistingCamerasSources {
  readonly directory: Pick<CameraDirectory, 'intents'>;
  readonly run: Pick<RunObserver, 'cameras'>;
  readonly sites: Pick<FollowedSites, 'camerasOf'>;
  readonly nowUs: () => number;
}

/** Of a camera of which nobody wants anything, nothing was heard for so long: it was removed. */
const removedAfterUs = 30e6;

/**
 * Ids of the cameras that there are, also of silent ones: those of which something is wanted or that were just heard.
 * A camera that its site announces no more is gone, as is one whose intent was deleted and that has fallen silent.
 * @returns a function that looks again each time, in the order of names
 */
export function followExistingCameras(sources: ExistingCamerasSources): () => string[] {
  const { directory, run, sites, nowUs } = sources;
  const startedUs = nowUs();
  return () => {
    const heard = run
      .cameras()
      .filter(({ heardAtUs }) => nowUs() - Math.max(startedUs, heardAtUs) < removedAfterUs)
      .map(({ cameraId }) => cameraId);
    return [...new Set([...directory.intents.keys(), ...heard])]
      .filter((cameraId) => sites.camerasOf(siteOf(cameraId))?.includes(cameraId) ?? true)
      .toSorted();
  };
}
