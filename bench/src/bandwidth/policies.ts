import { spawnSync } from 'node:child_process';
import { deliveredFrames } from '../gate/footage/delivered-frames.ts';
import type { ClipFacts } from './clip-facts.ts';
import { featureNames, reductoPasses } from './reducto.ts';

/** A way to choose the frames that leave a site, with its settings; the first of them is its default. */
export interface Policy {
  readonly name: string;
  readonly settings: readonly {
    readonly label: string;
    readonly passes: (clip: ClipFacts) => readonly boolean[];
  }[];
}

const at = (framesPerSecond: number) => ({
  name: `${framesPerSecond} a second`,
  settings: [
    {
      label: '',
      passes: (clip: ClipFacts) =>
        clip.motion.map((_, frame) => frame % Math.round(clip.framesPerSecond / framesPerSecond) === 0),
    },
  ],
});

/** `hi` and `lo` of FFmpeg's mpdecimate, times this. */
const decimateFactors = [1, 0.5, 2, 4, 8];
const reductoThresholds = [0.02, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05];

export const policies: readonly Policy[] = [
  {
    name: 'framegate',
    settings: [{ label: '', passes: (clip) => deliveredFrames(clip.motion, clip.framesPerSecond) }],
  },
  { name: 'every frame', settings: [{ label: '', passes: (clip) => clip.motion.map(() => true) }] },
  at(5),
  at(1),
  {
    name: 'mpdecimate',
    settings: decimateFactors.map((factor) => ({
      label: `hi, lo x${factor}`,
      passes: (clip) => decimated(clip, factor),
    })),
  },
  ...featureNames.map((feature) => ({
    name: `Reducto's filter by ${feature}`,
    settings: reductoThresholds.map((threshold) => ({
      label: `threshold ${threshold}`,
      passes: (clip: ClipFacts) => reductoPasses(clip.planes, feature, threshold),
    })),
  })),
];

/** FFmpeg's own defaults: 64 * 12 and 64 * 5. */
function decimated({ path, motion }: ClipFacts, factor: number): boolean[] {
  // Numbered first, so that what is left tells which frames they were.
  const filter = `setpts=N,mpdecimate=hi=${768 * factor}:lo=${320 * factor},showinfo`;
  const { stderr, status, error } = spawnSync(
    'ffmpeg',
    ['-hide_banner', '-nostats', '-i', path, '-vf', filter, '-vsync', 'passthrough', '-f', 'null', '-'],
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  if (error || status !== 0) throw new Error(`ffmpeg -vf ${filter} failed: ${error?.message ?? stderr}`);
  const kept = new Set([...stderr.matchAll(/\bn: *\d+ pts: *(\d+)/g)].map(([, pts]) => Number(pts)));
  return motion.map((_, frame) => kept.has(frame));
}
