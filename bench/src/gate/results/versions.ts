import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Family } from '../gates/families.ts';

const root = join(import.meta.dirname, '../../../..');
const here = 'bench/src/gate';
const scene = ['libs/scene/src/**/*.ts', `${here}/clips/*.ts`];
const judging = [`${here}/scoring/{timeline,gate-score,mark}.ts`];
const gates: Readonly<Record<Family, readonly string[]>> = {
  ours: ['libs/motion-detection/src/**/*.ts', `${here}/gates/framegate.ts`],
  opencv: ['bench/reference/gates.py', `${here}/gates/opencv.ts`],
  ffmpeg: [`${here}/gates/ffmpeg.ts`],
  motion: [`${here}/gates/motion-daemon.ts`],
};

/** What the pictures of a clip depend on, as eight hex digits. */
export function sceneVersion(): string {
  return versionOf(scene);
}

/** What a family's results depend on: a change there makes them anew. */
export function resultVersion(family: Family): string {
  return versionOf([...scene, ...judging, ...gates[family]]);
}

/** Of the contents of files (patterns from the root of the repository, tests left out). */
function versionOf(patterns: readonly string[]): string {
  const files = globSync([...patterns], { cwd: root }).filter((path) => !path.endsWith('.test.ts'));
  const hash = createHash('sha256');
  for (const path of files.toSorted()) hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest('hex').slice(0, 8);
}
