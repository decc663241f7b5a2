import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClipKey } from '../clips/clip.ts';
import { clipName } from '../clips/clip.ts';
import { families } from '../gates/families.ts';
import type { Family } from '../gates/families.ts';
import type { FamilyResult } from './family-result.ts';
import { familyResultSchema } from './family-result.ts';
import { resultVersion } from './versions.ts';

/** Results of single clips on disk, under names that change with the code: a run that was cut short goes on. */
export interface ResultStore {
  has(clip: ClipKey, family: Family): boolean;
  load(clip: ClipKey, family: Family): FamilyResult;
  save(result: FamilyResult): void;
}

/** @param curves whether every setting of each gate is wanted, or the default ones alone */
export function openResultStore(folder: string, curves: boolean): ResultStore {
  mkdirSync(folder, { recursive: true });
  const versions = new Map<string, string>(families.map((family) => [family, resultVersion(family)]));
  const fileOf = (clip: ClipKey, family: string): string =>
    join(
      folder,
      `${clipName(clip)}.${family}.${curves ? 'curves' : 'defaults'}.${versions.get(family)}.json`,
    );
  return {
    has: (clip, family) => existsSync(fileOf(clip, family)),
    load: (clip, family) => familyResultSchema.parse(JSON.parse(readFileSync(fileOf(clip, family), 'utf8'))),
    save(result) {
      const path = fileOf(result.clip, result.family);
      writeFileSync(`${path}.partial`, JSON.stringify(result));
      renameSync(`${path}.partial`, path);
    },
  };
}
