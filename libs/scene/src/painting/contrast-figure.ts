import type { Camera } from '../camera.ts';
import { drawFigure } from '../figures/figure.ts';
import type { Screen } from '../staging.ts';
import type { Actor } from '../traffic.ts';
import { boundsOf, intersection, isEmpty } from './bounds-painter.ts';
import { I420Painter } from './i420-painter.ts';
import type { Paint } from './paint.ts';
import type { Painter } from './painter.ts';
import { i420Bytes, surfaceOn, type Surface } from './surface.ts';

const covered: Paint = { y: 255, u: 128, v: 128, opacity: 1 };

/** Paints figures as what lies behind them plus some luma levels: their contrast is known exactly. */
export class ContrastPainter {
  readonly #coverage: Surface;
  readonly #painter: I420Painter;

  constructor(width: number, height: number) {
    this.#coverage = surfaceOn(new Uint8Array(i420Bytes(width, height)), width, height);
    this.#painter = new I420Painter(this.#coverage);
  }

  paint(
    luma: Uint8ClampedArray,
    camera: Camera,
    seed: number,
    actor: Actor,
    screens: readonly Screen[],
  ): void {
    const { width, height, y: coverage } = this.#coverage;
    const levels = (actor.contrastLevels ?? 0) / covered.y;
    const drawn = boundsOf((painter) => drawFigure(painter, camera, seed, actor));
    const frame = { left: 0, top: 0, right: width, bottom: height };
    const around = {
      left: Math.floor(drawn.left) - 1,
      top: Math.floor(drawn.top) - 1,
      right: Math.ceil(drawn.right) + 1,
      bottom: Math.ceil(drawn.bottom) + 1,
    };
    const { left, top, right, bottom } = intersection(around, frame);
    if (isEmpty({ left, top, right, bottom })) return;
    for (let row = top; row < bottom; row++) coverage.fill(0, row * width + left, row * width + right);
    drawFigure(coverOnly(this.#painter), camera, seed, actor);
    for (let column = left; column < right; column++) {
      const middle = column + 0.5;
      if (screens.some((screen) => middle > screen.left && middle < screen.right)) continue;
      for (let at = top * width + column; at < bottom * width; at += width) {
        if (coverage[at] !== 0) luma[at] = luma[at]! + levels * coverage[at]!;
      }
    }
  }
}

/** The same shapes in one plain colour. */
function coverOnly(painter: Painter): Painter {
  return {
    capsule: (x0, y0, radius0, x1, y1, radius1) => painter.capsule(x0, y0, radius0, x1, y1, radius1, covered),
    polygon: (points) => painter.polygon(points, covered),
    glow() {},
    shade() {},
  };
}
