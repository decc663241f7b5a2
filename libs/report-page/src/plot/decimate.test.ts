import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimate } from './decimate.ts';
import type { PlotPoint } from './plot.ts';

const ysOf = (points: readonly PlotPoint[] = []): number[] => points.map(({ y }) => y ?? 0);
const values = fc.array(fc.integer({ min: -100, max: 100 }), { maxLength: 400 });

describe('decimate', () => {
  it('keeps first, last, lowest and highest of every column, in order', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 50 }), (ys, width) => {
        const points = ys.map((y, x) => ({ x, y }));
        const columnOf = (x: number): number => Math.floor(x / width);
        const kept = decimate(points, columnOf);
        expect(kept.map(({ x }) => x)).toEqual(kept.map(({ x }) => x).toSorted((a, b) => a - b));
        for (let column = 0; column <= columnOf(points.length); column++) {
          const [all, some] = [points, kept].map((list) => list.filter(({ x }) => columnOf(x) === column));
          expect(some?.length).toBe(Math.min(some?.length ?? 0, all?.length ?? 0, 4));
          expect([some?.[0], some?.at(-1)]).toEqual([all?.[0], all?.at(-1)]);
          expect(Math.min(...ysOf(some))).toBe(Math.min(...ysOf(all)));
          expect(Math.max(...ysOf(some))).toBe(Math.max(...ysOf(all)));
        }
      }),
    );
  });

  it('keeps every gap and every point with a label', () => {
    const points = [
      { x: 0, y: 1 }, { x: 0, y: null }, { x: 0, y: 2 }, { x: 0, y: 3, label: 'here' }, { x: 0, y: 2 },
    ]; // prettier-ignore
    expect(decimate(points, () => 0)).toEqual(points);
  });
});
