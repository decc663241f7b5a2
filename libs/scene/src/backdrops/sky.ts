import { rgb } from '../painting/paint.ts';
import type { Canvas } from './backdrop.ts';
import { canopy, rectangle } from './shapes.ts';

/** Sky with clouds down to `horizon` pixels, and a line of distant trees. */
export function paintSky(canvas: Canvas, horizon: number): void {
  const { painter, surface, random, unit } = canvas;
  rectangle(canvas, 0, 0, surface.width, surface.height, rgb(128, 128, 124));
  rectangle(canvas, 0, 0, surface.width, horizon + 1, rgb(128, 170, 212), 48);
  for (let cloud = 0; cloud < 7; cloud++) {
    const x = random() * surface.width;
    const y = random() * horizon * 0.8;
    for (let puff = 0; puff < 16; puff++) {
      const radius = unit * (0.012 + 0.022 * random());
      const left = x + (random() + random() - 1) * unit * 0.16;
      const up = y - radius * random();
      painter.capsule(left, up, radius, left + radius, up, radius * 0.8, rgb(240, 243, 246, 0.8), 5);
    }
  }
  for (let x = 0; x < surface.width; x += unit * 0.06) {
    const radius = unit * (0.035 + 0.03 * random());
    canopy(canvas, x, horizon - radius * 0.3, radius, rgb(74, 104, 74), 26);
  }
}
