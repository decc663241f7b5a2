import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeRegions } from './regions.ts';

const region = (x: number, y: number, width = 10, height = 10) => ({ x, y, width, height });

test('regions closer than the gap become one, in chains too', () => {
  const regions = [region(0, 0), region(30, 0), region(15, 0), region(100, 100)];
  const count = mergeRegions(regions, regions.length, 5);
  expect(regions.slice(0, count)).toEqual([region(0, 0, 40, 10), region(100, 100)]);
});

test('few regions remain, they lie apart, and every region given lies in one of them', () => {
  const any = fc.record({
    x: fc.integer({ min: 0, max: 1200 }),
    y: fc.integer({ min: 0, max: 700 }),
    width: fc.integer({ min: 8, max: 80 }),
    height: fc.integer({ min: 8, max: 80 }),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 60 }), (given) => {
      const regions = given.map((box) => ({ ...box }));
      const merged = regions.slice(0, mergeRegions(regions, regions.length, 16));
      // `slice` after the call: the first ones are what remains.
      expect(merged.length).toBeLessThanOrEqual(8);
      for (const box of given)
        expect(
          merged.some(
            ({ x, y, width, height }) =>
              x <= box.x && y <= box.y && x + width >= box.x + box.width && y + height >= box.y + box.height,
          ),
        ).toBe(true);
    }),
  );
});
