import type { PathMistake } from '@framegate/yaml-file';
import { childOf, repeated } from '@framegate/yaml-file';

/** Cameras with the id of an earlier one, and areas of one camera and kind with the same name. */
export function repeatedNames(site: unknown): PathMistake[] {
  const cameras = childOf(site, 'cameras');
  if (!Array.isArray(cameras)) return [];
  const areas = cameras.flatMap((camera, index) =>
    ['motionMasks', 'privacyMasks', 'zones'].flatMap((kind) =>
      repeated(childOf(camera, kind), 'name', ['cameras', index, kind]),
    ),
  );
  return [...repeated(cameras, 'id', ['cameras']), ...areas];
}
