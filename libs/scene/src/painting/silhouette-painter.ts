import { boundsOf, type Bounds } from './bounds-painter.ts';
import { insidePolygon } from './inside-polygon.ts';
import type { Painter } from './painter.ts';

/** Sample points in each direction of the box. */
const gridSize = 32;

/** Marks which points of a grid over a box lie inside what is drawn; drawing can also clear them again. */
export class SilhouettePainter implements Painter {
  readonly #box: Bounds;
  readonly #marks = new Uint8Array(gridSize * gridSize);
  #mark = 1;

  constructor(box: Bounds) {
    this.#box = box;
  }

  /** From now on what is drawn hides what was drawn before. */
  hide(): void {
    this.#mark = 0;
  }

  /** Number of marked points inside `within`. */
  count(within: Bounds): number {
    let marked = 0;
    this.#eachPoint(within, (_x, _y, at) => {
      marked += this.#marks[at]!;
    });
    return marked;
  }

  capsule(x0: number, y0: number, radius0: number, x1: number, y1: number, radius1: number): void {
    const axisX = x1 - x0;
    const axisY = y1 - y0;
    const perLengthSquared = 1 / Math.max(1e-6, axisX * axisX + axisY * axisY);
    this.#eachPoint(
      boundsOf((painter) => painter.capsule(x0, y0, radius0, x1, y1, radius1)),
      (x, y, at) => {
        const along = Math.min(1, Math.max(0, ((x - x0) * axisX + (y - y0) * axisY) * perLengthSquared));
        const offX = x - x0 - along * axisX;
        const offY = y - y0 - along * axisY;
        const radius = radius0 + along * (radius1 - radius0);
        if (offX * offX + offY * offY <= radius * radius) this.#marks[at] = this.#mark;
      },
    );
  }

  polygon(points: readonly number[]): void {
    this.#eachPoint(
      boundsOf((painter) => painter.polygon(points)),
      (x, y, at) => {
        if (insidePolygon(points, x, y)) this.#marks[at] = this.#mark;
      },
    );
  }

  glow(): void {}

  shade(): void {}

  #eachPoint(within: Bounds, visit: (x: number, y: number, at: number) => void): void {
    const { left, top, right, bottom } = this.#box;
    const stepX = (right - left) / gridSize;
    const stepY = (bottom - top) / gridSize;
    const [firstColumn, endColumn] = indices(within.left - left, within.right - left, stepX);
    const [firstRow, endRow] = indices(within.top - top, within.bottom - top, stepY);
    for (let row = firstRow; row < endRow; row++) {
      for (let column = firstColumn; column < endColumn; column++) {
        visit(left + (column + 0.5) * stepX, top + (row + 0.5) * stepY, row * gridSize + column);
      }
    }
  }
}

/** The grid lines whose middles lie in [from, to). */
function indices(from: number, to: number, step: number): [first: number, end: number] {
  const first = Math.ceil(from / step - 0.5);
  const end = Math.ceil(to / step - 0.5);
  return [Math.max(0, first), Math.min(gridSize, end)];
}
