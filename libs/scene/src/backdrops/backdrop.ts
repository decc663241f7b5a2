import type { Camera } from '../camera.ts';
import { I420Painter } from '../painting/i420-painter.ts';
import type { Surface } from '../painting/surface.ts';
import { randomStream } from '../random.ts';

/** What a backdrop is painted with, once for each scene. */
export interface Canvas {
  readonly surface: Surface;
  readonly painter: I420Painter;
  readonly camera: Camera;
  /** Pixels of a share of the frame's height: drawings keep their proportions at every size. */
  readonly unit: number;
  readonly seed: number;
  readonly random: () => number;
}

/** Paints everything that stands still. */
export type Backdrop = (canvas: Canvas) => void;

export function canvasOn(surface: Surface, camera: Camera, frameHeight: number, seed: number): Canvas {
  return {
    surface,
    painter: new I420Painter(surface),
    camera,
    unit: frameHeight,
    seed,
    random: randomStream(seed),
  };
}
