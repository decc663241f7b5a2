import { spawnSync } from 'node:child_process';
import { findPython } from '@framegate/test-kit';
import type { Family } from './families.ts';
import { families } from './families.ts';

/** What this machine can run, and a line for each thing that it can't. */
export interface Available {
  readonly families: readonly Family[];
  readonly python: string | null;
  readonly notes: readonly string[];
}

/**
 * @param wanted all families where undefined
 * @param python an interpreter with OpenCV; looked for where undefined
 */
export function availableFamilies(
  wanted: readonly Family[] = families,
  python: string | undefined,
): Available {
  const interpreter = wanted.includes('opencv') ? (python ?? findPython(['cv2', 'numpy']) ?? null) : null;
  const lacks: Partial<Record<Family, string>> = {
    ...(interpreter === null && {
      opencv:
        'opencv is skipped: pip install -r bench/reference/requirements.txt, and name that Python by --python',
    }),
    ...(wanted.includes('motion') &&
      isAbsent('motion') && { motion: 'motion is skipped: apt-get install motion' }),
  };
  return {
    families: wanted.filter((family) => lacks[family] === undefined),
    python: interpreter,
    notes: wanted.flatMap((family) => lacks[family] ?? []),
  };
}

function isAbsent(program: string): boolean {
  return spawnSync(program, ['-h']).error !== undefined;
}
