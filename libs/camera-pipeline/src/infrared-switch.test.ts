import { describe, expect, it } from 'vitest';
import { createInfraredSwitch } from './infrared-switch.ts';

const switchesOf = (saturations: readonly number[]): boolean[] => {
  const { switched } = createInfraredSwitch();
  return saturations.map(switched);
};

describe('a switch between day and infrared', () => {
  it('is noticed in both directions, once each', () => {
    expect(switchesOf([6, 6, 0.1, 0, 0.2, 5, 6])).toEqual([false, false, true, false, false, true, false]);
  });

  it('is not a pale picture, and not the first one', () => {
    expect(switchesOf([0, 0.6, 1.2, 0.7, 1.9])).toEqual([false, false, false, false, false]);
    expect(switchesOf([3, 1.8, 0.9, 2.5])).toEqual([false, false, false, false]);
  });
});
