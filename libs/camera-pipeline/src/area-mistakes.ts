import type { CameraIntent } from '@framegate/contracts';
import { checkPolygon } from '@framegate/motion-detection';

/** What is wrong with the masks and zones of a camera, each with the camera's and the area's name. */
export function areaMistakes(intent: CameraIntent): string[] {
  const { cameraId, motionMasks, privacyMasks, zones } = intent;
  const kinds = [
    ['motion mask', motionMasks],
    ['privacy mask', privacyMasks],
    ['zone', zones],
  ] as const;
  return kinds.flatMap(([kind, areas]) =>
    areas.flatMap(({ name, polygon }) => {
      const mistake = checkPolygon(polygon, 1, 1);
      return mistake === null ? [] : [`camera "${cameraId}", ${kind} "${name}" ${mistake}`];
    }),
  );
}
