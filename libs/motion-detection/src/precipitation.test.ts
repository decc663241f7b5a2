import { expect, test } from 'vitest';
import { createNoise } from '../test/painted-scene.ts';
import { createPrecipitation } from './precipitation.ts';

const cells = 1000;
const mean = new Float32Array(cells).fill(100);
const object = 500;

/** Five seconds in which each frame brightens `drops` cells anywhere, and the object's cell from the 40th on. */
function weather(drops: number) {
  const random = createNoise(5);
  const precipitation = createPrecipitation(cells);
  const frames = Array.from({ length: 50 }, (_, frame) => {
    const current = mean.slice();
    for (let drop = 0; drop < drops; drop++) current[Math.floor(random() * object)] = 140;
    if (frame >= 40) current[object] = 130;
    precipitation.clear(mean, current, 0.1);
    return current;
  });
  return { frames, falls: precipitation.falls };
}

test('what stays for a single frame is gone while it rains, what stays longer comes a frame later', () => {
  const { frames, falls } = weather(30);
  expect(falls).toBe(true);
  const fallen = frames.slice(40).map((current) => current.filter((level) => level === 140).length);
  expect(Math.max(...fallen)).toBeLessThanOrEqual(12);
  expect(frames.slice(39, 43).map((current) => current[object])).toEqual([100, 100, 130, 130]);
});

test('a few spikes are no rain, and the picture is left as it is', () => {
  const { frames, falls } = weather(5);
  expect(falls).toBe(false);
  expect(frames.slice(39, 42).map((current) => current[object])).toEqual([100, 130, 130]);
  expect(frames[45]!.filter((level) => level === 140).length).toBeGreaterThan(0);
});

test('while it falls a cell shows the background and the middle one of its last three differences', () => {
  const random = createNoise(7);
  const precipitation = createPrecipitation(cells);
  const frames = Array.from({ length: 60 }, () => mean.map((level) => level + 120 * (random() - 0.5)));
  let falling = 0;
  for (const [frame, given] of frames.entries()) {
    falling = precipitation.falls ? falling + 1 : 0;
    const current = given.slice();
    precipitation.clear(mean, current, 0.1);
    // Before, only every seventh cell was taken in.
    if (falling < 3) continue;
    for (let cell = 0; cell < cells; cell++) {
      const lastThree = frames.slice(frame - 2, frame + 1).map((each) => each[cell] ?? 0);
      const [, middle = 0] = lastThree.toSorted((a, b) => a - b);
      expect(Math.abs((current[cell] ?? 0) - middle)).toBeLessThan(1 / 64);
    }
  }
  expect(falling).toBeGreaterThan(30);
});
