import type { Screen } from '../staging.ts';
import type { Subject } from './subject.ts';

/** Heights of all pictures are compared with this one, pixels. */
export const referenceHeight = 720;

/** Evenly spaced from edge to edge, on even columns. */
export function pillarsOf(subject: Subject, width: number, height: number): Screen[] {
  const pillar = even((subject.pillarWidth * height) / referenceHeight);
  const bay = (width - subject.pillars * pillar) / (subject.pillars + 1);
  return Array.from({ length: subject.pillars }, (_, index) => {
    const left = even(bay + index * (bay + pillar));
    return { left, right: left + pillar };
  });
}

/** The gaps between the pillars, the outer ones as far as the frame's edges. */
export function baysBetween(pillars: readonly Screen[], width: number): Screen[] {
  const lefts = [0, ...pillars.map(({ right }) => right)];
  const rights = [...pillars.map(({ left }) => left), width];
  return lefts.map((left, index) => ({ left, right: rights[index] ?? width }));
}

function even(pixels: number): number {
  return Math.round(pixels / 2) * 2;
}
