import { scaleAt, screenX, screenY } from '../camera.ts';
import { rgb, type Paint } from '../painting/paint.ts';
import type { Canvas } from './backdrop.ts';
import { paintHouse } from './house.ts';
import { canopy, groundBand, paving, rectangle, trunk } from './shapes.ts';
import { paintSky } from './sky.ts';
import { roughen } from './texture.ts';

/** Depth in metres of the far edge of the square. */
const plazaEdge = 24;

/** A paved square with trees in tubs and a fountain, closed by houses. */
export function paintPlaza(canvas: Canvas): void {
  const { camera, surface, unit, random, seed } = canvas;
  const foot = screenY(camera, 0, plazaEdge);
  const metre = scaleAt(camera, plazaEdge);
  paintSky(canvas, foot);
  for (let left = -metre * 2 * random(); left < surface.width;) {
    const width = metre * (6 + 5 * random());
    paintHouse(canvas, { left, top: foot - metre * (5.5 + 4 * random()), width, foot, metre });
    left += width + (random() < 0.2 ? metre * 3 : 0);
  }
  roughen(surface, seed, 0, foot, 5, unit * 0.05);
  groundBand(canvas, 3, plazaEdge, rgb(186, 174, 156), 6);
  paving(canvas, 3, plazaEdge, 1.2, rgb(112, 102, 92));
  roughen(surface, seed + 1, foot, surface.height, 8, unit * 0.2, unit * 0.06);
  roughen(surface, seed + 2, foot, surface.height, 6, 3);
  paintFountain(canvas, -6 + 12 * random());
  for (let x = -14; x < 15; x += 4 + 3 * random()) paintTub(canvas, x, plazaEdge - 1.2);
}

function paintTub(canvas: Canvas, x: number, depth: number): void {
  const { camera } = canvas;
  const metre = scaleAt(camera, depth);
  const left = screenX(camera, x, depth);
  const foot = screenY(camera, 0, depth);
  canvas.painter.shade(left + metre * 0.3, foot, metre * 0.9, metre * 0.2, 0.4);
  trunk(canvas, left, foot - metre * 2, foot - metre * 0.5, metre * 0.08, rgb(86, 66, 50));
  canopy(canvas, left, foot - metre * 2.6, metre * 1, rgb(78, 124, 62), 120);
  rectangle(canvas, left - metre * 0.4, foot - metre * 0.7, metre * 0.8, metre * 0.7, rgb(150, 92, 64), -40);
}

function paintFountain(canvas: Canvas, x: number): void {
  const { camera, painter } = canvas;
  const depth = plazaEdge - 2.2;
  const metre = scaleAt(camera, depth);
  const middle = screenX(camera, x, depth);
  const foot = screenY(camera, 0, depth);
  const stone = rgb(150, 146, 138);
  const tier = (up: number, halfWidth: number, radius: number, paint: Paint) =>
    painter.capsule(
      middle - metre * halfWidth,
      foot - metre * up,
      metre * radius,
      middle + metre * halfWidth,
      foot - metre * up,
      metre * radius,
      paint,
      26,
    );
  painter.shade(middle, foot, metre * 2.2, metre * 0.4, 0.5);
  tier(0.25, 1.5, 0.28, stone);
  tier(0.42, 1.45, 0.12, rgb(126, 168, 186));
  painter.capsule(
    middle,
    foot - metre * 0.4,
    metre * 0.18,
    middle,
    foot - metre * 1.5,
    metre * 0.12,
    stone,
    30,
  );
  tier(1.5, 0.6, 0.13, stone);
  tier(1.6, 0.55, 0.06, rgb(150, 188, 204));
}
