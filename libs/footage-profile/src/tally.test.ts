import type { Detection } from '@framegate/detection';
import { describe, expect, it } from 'vitest';
import type { Grid } from './grid.ts';
import { pointsOf } from './points.ts';
import { countFrame, createTally, forgetHeld } from './tally.ts';

const grid: Grid = { models: ['m'], widths: [640], qualities: [80], rates: [1, 10] };

/** Ten frames a second of one object, `speed` of its own width further in each frame. */
function watch(speed: number, frames = 20) {
  const [tally] = createTally(grid);
  if (!tally) throw new Error('no tally');
  for (let index = 0; index < frames; index++) {
    const seen: Detection = { box: [100 * speed * index, 0, 100, 200], className: 'car', score: 0.9 };
    const sight = { detections: [seen], bytes: 1000 + index, serviceMs: index === 3 ? 900 : 20 };
    const taken = new Set(index % 10 === 0 ? [1, 10] : [10]);
    countFrame(tally, sight, taken, { top: [seen], truth: [] });
  }
  return tally;
}

describe('what a consumer sees', () => {
  it('is the last result until the next one: what stands is seen at every rate, what is fast is lost at a low one', () => {
    const accuracies = (speed: number) => pointsOf([watch(speed)], false).map(({ accuracy }) => accuracy);
    expect(accuracies(0)).toEqual([1, 1]);
    // Boxes that are a third of their width apart overlap by an IoU of 0.5: the frame itself and three more.
    expect(accuracies(0.1)).toEqual([0.4, 1]);
    expect(accuracies(1)).toEqual([0.1, 1]);
  });

  it('costs the mean of the bytes and the median of the service times', () => {
    expect(pointsOf([watch(0)], false)[0]).toMatchObject({ bytesPerFrame: 1010, serviceMs: 20 });
  });

  it('has an accuracy against the truth only where that is known', () => {
    expect(pointsOf([watch(0)], false)[0]).not.toHaveProperty('truthAccuracy');
    expect(pointsOf([watch(0)], true)[0]).toHaveProperty('truthAccuracy', 0);
  });

  it('ends with the clip', () => {
    const tally = watch(0);
    forgetHeld([tally]);
    countFrame(tally, undefined, new Set(), { top: [], truth: [] });
    expect(pointsOf([tally], false).map(({ accuracy }) => accuracy)).toEqual([1, 1]);
  });
});
