import type { Coding } from './clips/clip.ts';
import { framesPerSecond } from './clips/clip.ts';
import type { Family } from './gates/families.ts';

/** CPU time on one core of the machine of the README's figures, ms a frame. */
const drawing = 6;
const codingAndDecoding = 16;
/** For each coding: the defaults alone, and with every setting of the curves. */
const looking: Readonly<Record<Family, readonly [defaults: number, curves: number]>> = {
  ours: [0.7, 3],
  opencv: [10, 20],
  ffmpeg: [5, 10],
  motion: [10, 20],
};

/** About how long a plan takes, s. */
export function estimateSeconds(
  frames: number,
  families: readonly Family[],
  codings: readonly Coding[],
  { curves, workers, daemons }: { curves: boolean; workers: number; daemons: number },
): number {
  const withCoding = codings.includes('h264') ? codingAndDecoding : 0;
  const gates = families.reduce((sum, family) => {
    const times = family === 'motion' ? Number(codings.includes('h264')) : codings.length;
    return sum + times * looking[family][curves ? 1 : 0];
  }, 0);
  const working = (frames * (drawing + withCoding + gates)) / 1000 / workers;
  const playing =
    families.includes('motion') && codings.includes('h264') ? frames / framesPerSecond / daemons : 0;
  return Math.max(working, playing);
}
