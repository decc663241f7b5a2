/** Input of street-nano, pixels. */
export const modelSize = { width: 416, height: 256 } as const;

/** Seeds of the scenes that the network learns from and that it is judged by: no seed is in both. */
export const splits = {
  train: { firstSeed: 1000, seedsPerScene: 26, framesPerSeed: 12 },
  evaluation: { firstSeed: 900_000, seedsPerScene: 4, framesPerSeed: 12 },
} as const;

export type SplitName = keyof typeof splits;

/** The published network learned from these; another list would be another network. */
const scenes = [
  'street',
  'plaza',
  'quiet',
  'rain',
  'night',
  'snow',
  'light-step',
  'low-contrast',
  'foliage',
  'shake',
] as const;

/** Frames are drawn from this many seconds of each scene. */
const secondsOfScene = 380;

export interface FrameChoice {
  readonly scene: string;
  readonly seed: number;
  readonly frameIndices: readonly number[];
}

/** The scenes and frames of a split: spread evenly over time, shifted from seed to seed. */
export function* chosenFrames(split: SplitName, framesPerSecond: number): Generator<FrameChoice> {
  const { firstSeed, seedsPerScene, framesPerSeed } = splits[split];
  const step = (secondsOfScene * framesPerSecond) / framesPerSeed;
  for (let offset = 0; offset < seedsPerScene; offset++) {
    for (const scene of scenes) {
      const shift = (offset * 37) % step;
      const frameIndices = Array.from({ length: framesPerSeed }, (_, n) => Math.floor(n * step + shift));
      yield { scene, seed: firstSeed + offset, frameIndices };
    }
  }
}
