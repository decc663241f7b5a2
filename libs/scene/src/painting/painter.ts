import type { Paint } from './paint.ts';

/**
 * What figures are drawn with. The same drawing goes to pixels (`I420Painter`), to a bounding box
 * (`BoundsPainter`) or to a silhouette (`SilhouettePainter`), so that truth can't drift from the picture.
 * Coordinates in pixels; (0, 0) is the outer corner of the top left pixel.
 */
export interface Painter {
  /** A stroke with round ends. `relief`: luma added towards the light (upper left), taken away on the far side. */
  capsule(
    x0: number,
    y0: number,
    radius0: number,
    x1: number,
    y1: number,
    radius1: number,
    paint: Paint,
    relief?: number,
  ): void;
  /** A closed outline x0, y0, x1, y1, … filled even-odd. `slope`: luma added from its top edge to its bottom. */
  polygon(points: readonly number[], paint: Paint, slope?: number): void;
  /** A disc of soft light: luma rises by up to `levels` at its centre. No part of a figure. */
  glow(x: number, y: number, radiusX: number, radiusY: number, levels: number): void;
  /** An ellipse of soft shade: luma is taken away by up to `strength` (0..1) at its centre. No part of a figure. */
  shade(x: number, y: number, radiusX: number, radiusY: number, strength: number): void;
}
