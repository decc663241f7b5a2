import { childOf } from './child-of.ts';
import type { PathMistake } from './variables.ts';

/**
 * Cameras with the id of an earlier one, and areas of one camera and kind with the same name. Looks at the values as
 * they are, so that it also speaks when the schema has refused something else.
 */
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

function repeated(list: unknown, nameKey: string, path: readonly PropertyKey[]): PathMistake[] {
  if (!Array.isArray(list)) return [];
  const names = list.map((entry) => childOf(entry, nameKey));
  return names.flatMap((name, index) => {
    if (name === undefined || names.indexOf(name) === index) return [];
    const message = `${JSON.stringify(name)} is taken by an earlier one: choose another`;
    return [{ path: [...path, index, nameKey], message }];
  });
}
