import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blackOut } from './black-out.ts';
import type { Polygon } from './black-out.ts';

function white(width: number, height: number) {
  const plane = (w: number, h: number, value: number) => ({
    data: new Uint8Array(w * h).fill(value),
    stride: w,
  });
  const [w, h] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  return { width, height, planes: [plane(width, height, 255), plane(w, h, 90), plane(w, h, 200)] };
}

/** Even-odd rule at a pixel's centre. */
function inside(polygon: Polygon, x: number, y: number): boolean {
  let odd = false;
  polygon.forEach(([x1, y1], i) => {
    const [x2, y2] = polygon[(i + 1) % polygon.length] ?? [x1, y1];
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) odd = !odd;
  });
  return odd;
}

const coordinate = fc.double({ min: -10, max: 50, noNaN: true });
const polygons = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 7 });

describe('blackOut', () => {
  test('leaves no pixel of any polygon, and no chroma of it', () => {
    fc.assert(
      fc.property(
        polygons,
        fc.integer({ min: 16, max: 41 }),
        fc.integer({ min: 16, max: 41 }),
        (polygon, width, height) => {
          const picture = white(width, height);
          blackOut(picture, [polygon], 0);
          const [luma, u, v] = picture.planes;
          for (let y = 0; y < height; y++) {
            for (let x = 0; x < width; x++) {
              if (!inside(polygon, x + 0.5, y + 0.5)) continue;
              const chroma = (y >> 1) * (u?.stride ?? 0) + (x >> 1);
              expect([luma?.data[y * width + x], u?.data[chroma], v?.data[chroma]]).toEqual([0, 128, 128]);
            }
          }
        },
      ),
    );
  });

  test('touches nothing further away than its margin and one chroma block', () => {
    const picture = white(40, 40);
    blackOut(
      picture,
      [
        [
          [10, 10],
          [20, 10],
          [20, 20],
          [10, 20],
        ],
      ],
      0,
    );
    const luma = picture.planes[0]?.data ?? [];
    const black = [...luma].flatMap((value, i) =>
      value === 0 ? [[i % 40, Math.floor(i / 40)] as const] : [],
    );
    expect(Math.min(...black.flat())).toBeGreaterThanOrEqual(8);
    expect(Math.max(...black.flat())).toBeLessThan(24);
  });

  test('a polygon outside the picture changes nothing', () => {
    const picture = white(20, 20);
    blackOut(
      picture,
      [
        [
          [100, 100],
          [120, 100],
          [110, 130],
        ],
      ],
      0,
    );
    expect(picture).toEqual(white(20, 20));
  });
});
