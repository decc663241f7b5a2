import { scaleAt, screenY } from '../camera.ts';
import { rgb } from '../painting/paint.ts';
import type { Canvas } from './backdrop.ts';
import { paintHouse } from './house.ts';
import { canopy, groundBand, groundRectangle, paving, rectangle, trunk } from './shapes.ts';
import { paintSky } from './sky.ts';
import { roughen } from './texture.ts';

/** Depths in metres of the edges of a street seen from a window across it. */
const street = { wall: 20.5, farKerb: 16.8, middle: 12.1, nearKerb: 8.7 };

/** A row of houses behind a pavement, a road of two lanes, and the pavement on the camera's side. */
export function paintStreet(canvas: Canvas): void {
  const { camera, surface, unit, random } = canvas;
  const foot = screenY(camera, 0, street.wall);
  paintSky(canvas, foot - unit * 0.06);
  rectangle(canvas, 0, foot - unit * 0.06, surface.width, unit * 0.07, rgb(96, 122, 82), 14);
  const metre = scaleAt(camera, street.wall);
  const gapAt = 0.15 + 0.7 * random();
  for (let left = -metre * 3 * random(); left < surface.width;) {
    const width = metre * (5 + 4 * random());
    const holdsGap = left < gapAt * surface.width && left + width > gapAt * surface.width;
    if (!holdsGap) paintHouse(canvas, { left, top: -4, width, foot, metre });
    left += holdsGap ? metre * 4.5 : width;
  }
  paintGround(canvas);
  paintFurniture(canvas, foot, metre);
  roughen(surface, canvas.seed, 0, foot, 5, unit * 0.05);
}

function paintGround(canvas: Canvas): void {
  const { camera, surface, seed, unit } = canvas;
  const pavement = rgb(166, 160, 152);
  const kerb = rgb(196, 192, 184);
  const nearest = 4;
  groundBand(canvas, street.farKerb, street.wall, pavement, 8);
  paving(canvas, street.farKerb, street.wall, 0.7, rgb(92, 88, 84));
  groundBand(canvas, street.nearKerb, street.farKerb, rgb(88, 90, 96), 10);
  const roadTop = screenY(camera, 0, street.farKerb);
  const roadBottom = screenY(camera, 0, street.nearKerb);
  roughen(surface, seed + 1, roadTop, roadBottom, 9, unit * 0.12, unit * 0.02);
  roughen(surface, seed + 2, roadTop, roadBottom, 10, 2);
  for (let x = -24; x < 24; x += 4) {
    groundRectangle(canvas, x, x + 2.2, street.middle, street.middle + 0.16, rgb(226, 226, 220, 0.85));
  }
  groundRectangle(canvas, -40, 40, street.farKerb - 0.5, street.farKerb - 0.38, rgb(214, 196, 92, 0.8));
  groundBand(canvas, nearest, street.nearKerb, pavement, 14);
  paving(canvas, nearest, street.nearKerb, 0.8, rgb(96, 92, 88));
  groundBand(canvas, street.farKerb - 0.3, street.farKerb, kerb, -50);
  groundBand(canvas, street.nearKerb - 0.05, street.nearKerb + 0.18, kerb, -60);
  roughen(surface, seed + 3, roadBottom, surface.height, 7, unit * 0.16, unit * 0.05);
  roughen(surface, seed + 4, roadBottom, surface.height, 6, 3);
}

/** Trees and lamps at the houses' feet, behind everybody who passes. */
function paintFurniture(canvas: Canvas, foot: number, metre: number): void {
  const { surface, random } = canvas;
  for (let x = metre * 4 * random(); x < surface.width; x += metre * (6 + 5 * random())) {
    if (random() < 0.5) {
      trunk(canvas, x, foot - metre * 3, foot + 4, metre * 0.14, rgb(88, 68, 52));
      canopy(canvas, x, foot - metre * 3.9, metre * 1.7, rgb(84, 128, 66), 240);
    } else {
      trunk(canvas, x, 0, foot + 4, metre * 0.07, rgb(56, 60, 62));
      rectangle(canvas, x - metre * 0.14, foot - metre * 0.2, metre * 0.28, metre * 0.25, rgb(48, 52, 54));
    }
  }
}
