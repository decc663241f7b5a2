import { childOf } from './child-of.ts';

/** Lists whose entries are called by a name of their own, by the list's key: `cameras: { what: 'camera', nameKey: 'id' }`. */
export type NamedLists = Readonly<Record<string, { readonly what: string; readonly nameKey: string }>>;

/** Where something is, in the file's own words: `camera "door", privacy mask "window", polygon`. */
export function describePlace(
  path: readonly PropertyKey[],
  written: unknown,
  namedLists: NamedLists,
): string {
  let value = written;
  const parts = path.map((step, index) => {
    value = childOf(value, step);
    const inList = typeof path[index + 1] === 'number';
    if (typeof step !== 'number') return inList && namedLists[String(step)] !== undefined ? '' : String(step);
    const list = namedLists[String(path[index - 1])];
    const name = list === undefined ? undefined : childOf(value, list.nameKey);
    return `${list?.what ?? 'item'} ${typeof name === 'string' && name !== '' ? `"${name}"` : step + 1}`;
  });
  return parts.filter((part) => part !== '').join(', ');
}
