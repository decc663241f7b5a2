import fc from 'fast-check';
import { expect, test } from 'vitest';
import { I420Painter } from './i420-painter.ts';
import { insidePolygon } from './inside-polygon.ts';
import { rgb } from './paint.ts';
import { i420Bytes, surfaceOn, type Surface } from './surface.ts';

const white = { y: 200, u: 128, v: 128, opacity: 1 };

function blank(width = 64, height = 48): Surface {
  return surfaceOn(new Uint8Array(i420Bytes(width, height)), width, height);
}

/** Area that the paint covers, pixels. */
function paintedArea(surface: Surface, full: number): number {
  return surface.y.reduce((sum, level) => sum + level, 0) / full;
}

test('a polygon covers as many pixels as its area, wherever its corners lie', () => {
  const coordinate = fc.double({ min: 5, max: 30, noNaN: true });
  fc.assert(
    fc.property(coordinate, coordinate, (x, y) => {
      const surface = blank();
      new I420Painter(surface).polygon([x, y, x + 20, y, x + 20, y + 10, x, y + 10], white);
      expect(Math.abs(paintedArea(surface, white.y) - 200)).toBeLessThan(6);
    }),
  );
});

test('a capsule covers a strip with two half discs', () => {
  const surface = blank();
  new I420Painter(surface).capsule(20, 20, 6, 40, 28, 6, white);
  const length = Math.sqrt(20 * 20 + 8 * 8);
  expect(Math.abs(paintedArea(surface, white.y) - (12 * length + Math.PI * 36))).toBeLessThan(4);
});

test('shapes that reach over the edge are cut and touch no other row', () => {
  const surface = blank();
  const painter = new I420Painter(surface);
  painter.capsule(-10, 10, 8, 90, 10, 8, white);
  painter.polygon([-50, -50, 200, -50, 200, 1, -50, 1], white);
  painter.shade(70, 60, 30, 30, 0.5);
  expect(surface.y.slice(20 * 64, 30 * 64).every((level) => level === 0)).toBe(true);
});

test('shade darkens and never colours', () => {
  const surface = blank();
  surface.y.fill(100);
  surface.u.fill(90);
  new I420Painter(surface).shade(32, 24, 10, 6, 0.5);
  expect(surface.y[24 * 64 + 32]).toBe(50);
  expect(Math.max(...surface.y)).toBe(100);
  expect(surface.u.every((level) => level === 90)).toBe(true);
});

test('colours follow the full-range conversion of JPEG', () => {
  const { y, u, v } = rgb(255, 0, 0);
  expect([y, u, v].map((level) => Math.round(level))).toEqual([76, 85, 256]);
});

test('a point is inside a ring but not in its notch', () => {
  const notched = [0, 0, 10, 0, 10, 10, 5, 5, 0, 10];
  expect(insidePolygon(notched, 5, 3)).toBe(true);
  expect(insidePolygon(notched, 5, 8)).toBe(false);
});
