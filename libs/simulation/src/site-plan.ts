import type { CameraSetting } from './camera-setting.ts';
import { createCameraSource } from './camera-source.ts';
import type { EdgeCamera } from './edge.ts';
import type { Scenario, SiteModel } from './scenario.ts';
import { siteOfCamera } from './scenario.ts';
import type { StepFunction } from './step-function.ts';

/** A site with its cameras spread evenly over its partitions, as `plan-configuration.ts` does. */
export interface SitePlan {
  readonly model: SiteModel;
  /** Partitions are numbered through over all sites. */
  readonly firstPartition: number;
  readonly cameras: readonly EdgeCamera[];
}

export function planSites(
  { sites, cameras }: Scenario,
  settings: readonly CameraSetting[],
  seed: number,
  stalledOf: (cameraId: string) => StepFunction,
): SitePlan[] {
  let firstPartition = 0;
  return sites.map((model) => {
    const first = firstPartition;
    firstPartition += model.partitions;
    const own: EdgeCamera[] = [];
    for (const [index, camera] of cameras.entries()) {
      const setting = settings[index];
      if (siteOfCamera(camera.cameraId) !== model.site || !setting) continue;
      own.push({
        index,
        model: camera,
        source: createCameraSource(camera, seed),
        stalled: stalledOf(camera.cameraId),
        partition: first + (own.length % model.partitions),
        setting,
      });
    }
    return { model, firstPartition: first, cameras: own };
  });
}
