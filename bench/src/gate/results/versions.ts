import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../../..');

/** Eight hex digits for the contents of files (patterns from the root of the repository, tests left out). */
function versionOf(patterns: readonly string[]): string {
  const files = patterns
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((path) => !path.endsWith('.test.ts'));
  const hash = createHash('sha256');
  for (const path of files.toSorted()) hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest('hex').slice(0, 8);
}

const sceneFiles = ['libs/scene/src/**/*.ts', 'bench/src/gate/clips/*.ts'];

/** What the pictures of a clip depend on. */
export const sceneVersion = (): string => versionOf(sceneFiles);
