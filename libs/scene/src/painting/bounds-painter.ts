import type { Painter } from './painter.ts';

/** A rectangle in pixels; empty when right < left. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The rectangle around everything that `draw` draws. */
export function boundsOf(draw: (painter: BoundsPainter) => void): Bounds {
  const painter = new BoundsPainter();
  draw(painter);
  return painter;
}

export function intersection(a: Bounds, b: Bounds): Bounds {
  return {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
}

export function isEmpty(bounds: Bounds): boolean {
  return bounds.right <= bounds.left || bounds.bottom <= bounds.top;
}

/** Measures the rectangle around everything drawn, in pixels; shade doesn't count. */
class BoundsPainter implements Painter, Bounds {
  left = Infinity;
  top = Infinity;
  right = -Infinity;
  bottom = -Infinity;

  capsule(x0: number, y0: number, radius0: number, x1: number, y1: number, radius1: number): void {
    this.#include(x0 - radius0, y0 - radius0);
    this.#include(x0 + radius0, y0 + radius0);
    this.#include(x1 - radius1, y1 - radius1);
    this.#include(x1 + radius1, y1 + radius1);
  }

  polygon(points: readonly number[]): void {
    for (let index = 0; index < points.length; index += 2) this.#include(points[index]!, points[index + 1]!);
  }

  glow(): void {}

  shade(): void {}

  #include(x: number, y: number): void {
    this.left = Math.min(this.left, x);
    this.right = Math.max(this.right, x);
    this.top = Math.min(this.top, y);
    this.bottom = Math.max(this.bottom, y);
  }
}
