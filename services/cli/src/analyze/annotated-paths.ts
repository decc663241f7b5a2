import { basename, extname, join } from 'node:path';

/**
 * Where the annotated video of each input goes: the path itself for one input, unless that is a folder; else
 * `NAME.annotated.mp4` in the folder, numbered from the second of a name on.
 */
export function annotatedPaths(inputs: readonly string[], path: string, isFolder: boolean): string[] {
  if (!isFolder) return inputs.length === 1 ? [path] : [];
  const uses = new Map<string, number>();
  return inputs.map((input) => {
    const name = basename(input, extname(input));
    const use = (uses.get(name) ?? 0) + 1;
    uses.set(name, use);
    return join(path, `${name}${use > 1 ? `-${use}` : ''}.annotated.mp4`);
  });
}
