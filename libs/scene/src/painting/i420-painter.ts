import { CoverageRow } from './coverage-row.ts';
import type { Paint } from './paint.ts';
import type { Painter } from './painter.ts';
import type { Surface } from './surface.ts';

/** Direction to the light, upper left. */
const lightX = -0.55;
const lightY = -0.83;

/** Draws anti-aliased shapes into an I420 surface; chroma is sampled on its own grid of half the density. */
export class I420Painter implements Painter {
  readonly #surface: Surface;
  readonly #coverage: CoverageRow;

  constructor(surface: Surface) {
    this.#surface = surface;
    this.#coverage = new CoverageRow(surface.width);
  }

  capsule(
    x0: number,
    y0: number,
    radius0: number,
    x1: number,
    y1: number,
    radius1: number,
    paint: Paint,
    relief = 0,
  ): void {
    const { width, height, y, u, v } = this.#surface;
    const { opacity } = paint;
    strokePlane(y, width, height, x0, y0, radius0, x1, y1, radius1, paint.y, opacity, relief);
    strokePlane(
      u,
      width / 2,
      height / 2,
      x0 / 2,
      y0 / 2,
      radius0 / 2,
      x1 / 2,
      y1 / 2,
      radius1 / 2,
      paint.u,
      opacity,
      0,
      v,
      paint.v,
    );
  }

  polygon(points: readonly number[], paint: Paint, slope = 0): void {
    const { width, height, y, u, v } = this.#surface;
    const { opacity } = paint;
    fillPlane(this.#coverage, y, width, height, points, 1, paint.y, opacity, slope);
    fillPlane(this.#coverage, u, width / 2, height / 2, points, 0.5, paint.u, opacity, 0, v, paint.v);
  }

  glow(x: number, y: number, radiusX: number, radiusY: number, levels: number): void {
    const { width, height, y: luma } = this.#surface;
    const bottom = Math.min(height - 1, Math.ceil(y + radiusY));
    const right = Math.min(width - 1, Math.ceil(x + radiusX));
    for (let row = Math.max(0, Math.floor(y - radiusY)); row <= bottom; row++) {
      const ey = (row + 0.5 - y) / radiusY;
      for (let column = Math.max(0, Math.floor(x - radiusX)); column <= right; column++) {
        const ex = (column + 0.5 - x) / radiusX;
        const inside = 1 - ex * ex - ey * ey;
        if (inside <= 0) continue;
        const at = row * width + column;
        luma[at] = luma[at]! + levels * inside * inside;
      }
    }
  }

  shade(x: number, y: number, radiusX: number, radiusY: number, strength: number): void {
    const { width, height, y: luma } = this.#surface;
    const bottom = Math.min(height - 1, Math.ceil(y + radiusY));
    const right = Math.min(width - 1, Math.ceil(x + radiusX));
    for (let row = Math.max(0, Math.floor(y - radiusY)); row <= bottom; row++) {
      const ey = (row + 0.5 - y) / radiusY;
      for (let column = Math.max(0, Math.floor(x - radiusX)); column <= right; column++) {
        const ex = (column + 0.5 - x) / radiusX;
        const inside = 1 - ex * ex - ey * ey;
        if (inside <= 0) continue;
        const at = row * width + column;
        luma[at] = luma[at]! * (1 - strength * Math.min(1, inside * 1.6));
      }
    }
  }
}

/** Fills one plane, and with `twin` a second one of the same geometry (V along with U). */
function fillPlane(
  coverage: CoverageRow,
  plane: Uint8ClampedArray,
  width: number,
  height: number,
  points: readonly number[],
  scale: number,
  value: number,
  opacity: number,
  slope: number,
  twin?: Uint8ClampedArray,
  twinValue = 0,
): void {
  const [top, bottom] = verticalExtent(points, scale);
  const last = Math.min(height - 1, Math.ceil(bottom) - 1);
  for (let row = Math.max(0, Math.floor(top)); row <= last; row++) {
    coverage.cover(points, scale, row, width);
    const target = value + (slope * (row + 0.5 - top)) / (bottom - top);
    for (let column = coverage.first; column < coverage.end; column++) {
      const at = row * width + column;
      const weight = Math.min(1, coverage.shares[column]!) * opacity;
      plane[at] = plane[at]! + (target - plane[at]!) * weight;
      if (twin) twin[at] = twin[at]! + (twinValue - twin[at]!) * weight;
    }
  }
}

function verticalExtent(points: readonly number[], scale: number): [top: number, bottom: number] {
  let top = Infinity;
  let bottom = -Infinity;
  for (let index = 1; index < points.length; index += 2) {
    top = Math.min(top, points[index]! * scale);
    bottom = Math.max(bottom, points[index]! * scale);
  }
  return [top, bottom];
}

/** Strokes one plane, and with `twin` a second one of the same geometry (V along with U). */
function strokePlane(
  plane: Uint8ClampedArray,
  width: number,
  height: number,
  x0: number,
  y0: number,
  radius0: number,
  x1: number,
  y1: number,
  radius1: number,
  value: number,
  opacity: number,
  relief: number,
  twin?: Uint8ClampedArray,
  twinValue = 0,
): void {
  const axisX = x1 - x0;
  const axisY = y1 - y0;
  const perLengthSquared = 1 / Math.max(1e-6, axisX * axisX + axisY * axisY);
  const reach = Math.max(radius0, radius1) + 0.5;
  const left = Math.max(0, Math.floor(Math.min(x0, x1) - reach));
  const right = Math.min(width - 1, Math.ceil(Math.max(x0, x1) + reach));
  const top = Math.max(0, Math.floor(Math.min(y0, y1) - reach));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(y0, y1) + reach));
  for (let row = top; row <= bottom; row++) {
    const fromY = row + 0.5 - y0;
    for (let column = left; column <= right; column++) {
      const fromX = column + 0.5 - x0;
      const along = Math.min(1, Math.max(0, (fromX * axisX + fromY * axisY) * perLengthSquared));
      const offX = fromX - along * axisX;
      const offY = fromY - along * axisY;
      const radius = radius0 + along * (radius1 - radius0);
      const distanceSquared = offX * offX + offY * offY;
      if (distanceSquared >= (radius + 0.5) * (radius + 0.5)) continue;
      const isEdge = radius < 0.5 || distanceSquared > (radius - 0.5) * (radius - 0.5);
      const coverage = isEdge ? Math.min(1, radius + 0.5 - Math.sqrt(distanceSquared)) : 1;
      const lit =
        relief === 0 ? value : value + (relief * (offX * lightX + offY * lightY)) / Math.max(1, radius);
      const at = row * width + column;
      const weight = coverage * opacity;
      plane[at] = plane[at]! + (lit - plane[at]!) * weight;
      if (twin) twin[at] = twin[at]! + (twinValue - twin[at]!) * weight;
    }
  }
}
