import type { Rung } from '@framegate/control';
import { accuracyOf, topRung } from './accuracy.ts';
import type { CameraModel, Scenario } from './scenario.ts';

/** A camera's setting as the edge obeys it. */
export interface CameraSetting {
  readonly rung: Rung;
  readonly version: number;
  readonly accuracy: number;
}

/** @throws RangeError for a model that the cloud does not have */
export function settingOf(
  scenario: Scenario,
  camera: CameraModel,
  rung: Rung,
  version: number,
): CameraSetting {
  const { models } = scenario.cloud;
  if (!models.some(({ model }) => model === rung.model))
    throw new RangeError(
      `simulation: ${camera.cameraId} was given the model "${rung.model}", expected one of ${models.map(({ model }) => model).join(', ')}`,
    );
  return { rung, version, accuracy: accuracyOf(camera, models, rung, topRung(scenario.ladder)) };
}
