import type { Box } from '@framegate/detection';
import { describe, expect, it } from 'vitest';
import { deliveredFrames } from './delivered-frames.ts';
import { appearancesOf, countsBySecond, scoreFootage } from './footage-score.ts';

const framesPerSecond = 10;
const person = (x: number): Box => [x, 100, 40, 100];
/** Somebody who walks through between two frames. */
const walk = (from: number, to: number, frames = 60): Box[][] =>
  Array.from({ length: frames }, (_, frame) => (frame >= from && frame <= to ? [person(4 * frame)] : []));

describe('what of a real clip still arrives', () => {
  it('follows a person by overlap, over short gaps of the detector', () => {
    const labels = walk(10, 40).map((persons, frame) => (frame === 20 ? [] : persons));
    expect(appearancesOf(labels, framesPerSecond)).toHaveLength(1);
    expect(appearancesOf(walk(10, 13), framesPerSecond)).toEqual([]);
  });

  it('has seen an appearance when one of its frames passed', () => {
    const labels = walk(10, 40);
    const only = (frame: number): boolean[] => labels.map((_, at) => at === frame);
    expect(scoreFootage(labels, only(40), framesPerSecond).appearances).toMatchObject({ hits: 1, count: 1 });
    expect(scoreFootage(labels, only(41), framesPerSecond).appearances).toMatchObject({ hits: 0, count: 1 });
  });

  it('counts persons by the median of a second, and keeps the count while nothing passes', () => {
    const labels = walk(10, 29, 40);
    expect(countsBySecond(labels, framesPerSecond, () => true)).toEqual([0, 1, 1, 0]);
    expect(countsBySecond(labels, framesPerSecond, (frame) => frame < 20)).toEqual([0, 1, 1, 1]);
  });

  it('passes frames as a camera does: pre-roll, motion, post-roll and keep-alives', () => {
    const motion = Array.from({ length: 300 }, (_, frame) => frame === 50);
    const delivered = deliveredFrames(motion, framesPerSecond).flatMap((passes, frame) =>
      passes ? [frame] : [],
    );
    const event = Array.from({ length: 26 }, (_, index) => 45 + index);
    expect(delivered).toEqual([0, ...event, 170, 270]);
  });
});
