import type { ObjectClass } from '../scene.ts';

/** What crosses the view of a trial. Lengths in pixels at a height of 720; they scale with the height. */
export interface Subject {
  readonly class: ObjectClass;
  /** Times repeat in cycles: all passages of a cycle lie in one stretch of `busySeconds`, the rest is empty. */
  readonly cycleSeconds: number;
  readonly busySeconds: number;
  readonly passagesPerCycle: number;
  /** Pillars before the lens, evenly spaced; walkers cross one bay between them. */
  readonly pillars: number;
  readonly pillarWidth: number;
  /** Height of a person, drawn evenly on a logarithmic scale. Cars keep to their lanes. */
  readonly heights: readonly [least: number, most: number];
  /** Pixels in a second where the subject asks for it; else a walking or driving speed that fits the cycle. */
  readonly pixelsPerSecond?: number;
  readonly standSeconds: number;
  /** Luma levels, drawn evenly on a logarithmic scale; undefined for the colours of their clothes. */
  readonly contrastLevels?: readonly [least: number, most: number];
}

const walkers: Subject = {
  class: 'person',
  cycleSeconds: 12,
  busySeconds: 7.2,
  passagesPerCycle: 4,
  pillars: 3,
  pillarWidth: 132,
  heights: [86, 160],
  standSeconds: 0,
};

export const subjects = {
  nobody: { ...walkers, passagesPerCycle: 0 },
  walkers,
  'low-contrast': { ...walkers, contrastLevels: [22, 22] },
  small: { ...walkers, pillars: 5, pillarWidth: 44, heights: [41, 41] },
  slow: {
    ...walkers,
    cycleSeconds: 30,
    busySeconds: 18,
    passagesPerCycle: 5,
    pillars: 7,
    pillarWidth: 84,
    heights: [86, 100],
    pixelsPerSecond: 10,
  },
  standing: {
    ...walkers,
    cycleSeconds: 60,
    busySeconds: 40,
    passagesPerCycle: 6,
    pillars: 5,
    pillarWidth: 100,
    heights: [86, 120],
    standSeconds: 20,
  },
  crowd: {
    ...walkers,
    cycleSeconds: 30,
    busySeconds: 18,
    passagesPerCycle: 14,
    pillars: 0,
    heights: [100, 190],
  },
  cars: { ...walkers, class: 'car', pillars: 0 },
  probes: { ...walkers, pillars: 4, pillarWidth: 106, heights: [20, 160], contrastLevels: [6, 60] },
} as const satisfies Readonly<Record<string, Subject>>;

export type TrialSubject = keyof typeof subjects;
