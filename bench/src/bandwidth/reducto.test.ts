import { describe, expect, it } from 'vitest';
import { reductoPasses } from './reducto.ts';

const [width, height] = [20, 20];

/** A bright square on black. */
function square(left: number, level = 200) {
  const data = new Uint8Array(width * height);
  for (let y = 5; y < 15; y++) data.fill(level, y * width + left, y * width + left + 6);
  return { width, height, data };
}

describe.each(['area', 'edge'] as const)('a filter by %s', (feature) => {
  it('passes the first frame and what differs from the last that passed', () => {
    const planes = [square(2), square(2), square(10), square(10)];
    expect(reductoPasses(planes, feature, 0.02)).toEqual([true, false, true, false]);
  });

  it('adds up slow changes until they count', () => {
    const planes = [square(2), square(3), square(5), square(6)];
    const threshold = { area: 0.09, edge: 0.19 }[feature];
    expect(reductoPasses(planes, feature, threshold)).toEqual([true, false, true, false]);
  });
});

it('a change of light alone changes the area and no edge', () => {
  const planes = [square(2, 200), square(2, 170)];
  expect(reductoPasses(planes, 'area', 0.02)).toEqual([true, true]);
  expect(reductoPasses(planes, 'edge', 0.02)).toEqual([true, false]);
});
