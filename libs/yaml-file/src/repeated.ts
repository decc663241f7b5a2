import { childOf } from './child-of.ts';
import type { PathMistake } from './variables.ts';

/**
 * Entries of a list with the name of an earlier one. Looks at the values as they are, so that it also speaks when
 * the schema has refused something else.
 * @param path of the list
 */
export function repeated(list: unknown, nameKey: string, path: readonly PropertyKey[]): PathMistake[] {
  if (!Array.isArray(list)) return [];
  const names = list.map((entry) => childOf(entry, nameKey));
  return names.flatMap((name, index) => {
    if (name === undefined || names.indexOf(name) === index) return [];
    const message = `${JSON.stringify(name)} is taken by an earlier one: choose another`;
    return [{ path: [...path, index, nameKey], message }];
  });
}
