import { scaleAt, screenX, screenY } from '../camera.ts';
import { carLook } from '../figures/car-look.ts';
import { drawCar } from '../figures/car.ts';
import { rgb } from '../painting/paint.ts';
import { hashUnit } from '../random.ts';
import type { Screen } from '../staging.ts';
import type { Backdrop, Canvas } from './backdrop.ts';
import { canopy, groundBand, groundRectangle, paving, rectangle } from './shapes.ts';
import { paintSky } from './sky.ts';
import { roughen } from './texture.ts';

/** Depths in metres. */
const wallDepth = 66;
const parkedDepth = 52;
const pavingEnd = 24;
const nearest = 4.5;

/** A wide forecourt seen from a mast, with pillars before the lens that hide whoever is behind them. */
export function forecourt(pillars: readonly Screen[]): Backdrop {
  return (canvas) => {
    paintBack(canvas);
    paintGround(canvas);
    const margin = (canvas.surface.height - canvas.unit) / 2;
    for (const { left, right } of pillars) paintPillar(canvas, left + margin, right + margin);
  };
}

function paintBack(canvas: Canvas): void {
  const { camera, surface, random, unit, seed } = canvas;
  const foot = screenY(camera, 0, wallDepth);
  const metre = scaleAt(camera, wallDepth);
  paintSky(canvas, foot - metre * 2);
  for (let left = -metre * 6 * random(); left < surface.width;) {
    const width = metre * (8 + 14 * random());
    const height = metre * (3 + 5 * random());
    const tone = 90 + 90 * random();
    rectangle(canvas, left, foot - height, width, height, rgb(tone + 16, tone + 4, tone - 8), -14);
    for (let x = left + metre; x < left + width - metre * 1.5; x += metre * 2) {
      rectangle(canvas, x, foot - height * 0.7, metre * 1.1, height * 0.3, rgb(60, 74, 88), 20);
    }
    left += width;
  }
  roughen(surface, seed, 0, foot, 5, unit * 0.03);
}

function paintGround(canvas: Canvas): void {
  const { camera, surface, random, unit, seed } = canvas;
  const foot = screenY(camera, 0, wallDepth);
  const tone = 96 + 30 * random();
  groundBand(canvas, nearest, wallDepth, rgb(tone, tone + 1, tone + 4), 14);
  groundBand(canvas, 40, 47, rgb(tone - 8, tone + 22, tone - 22), 6);
  for (let x = -45; x < 45; x += 1.6 + 3 * random()) {
    const depth = 41 + 4 * random();
    const metres = scaleAt(camera, depth);
    canopy(
      canvas,
      screenX(camera, x, depth),
      screenY(camera, 0.5, depth),
      metres * 0.8,
      rgb(70, 104, 58),
      24,
    );
  }
  for (let x = -40; x < 40; x += 3) {
    groundRectangle(canvas, x, x + 0.16, parkedDepth - 3, parkedDepth + 2, rgb(210, 208, 200, 0.8));
  }
  parkCars(canvas);
  paving(canvas, nearest, pavingEnd, 1.1, rgb(tone - 30, tone - 32, tone - 32));
  paintMarkings(canvas);
  groundBand(canvas, pavingEnd, pavingEnd + 0.7, rgb(176, 172, 164), -30);
  roughen(surface, seed + 1, foot, surface.height, 9, unit * 0.2, unit * 0.06);
  roughen(surface, seed + 2, foot, surface.height, 9, Math.max(2, unit * 0.02), Math.max(2, unit * 0.012));
  roughen(surface, seed + 3, foot, surface.height, 7, 2.5);
}

/** Bays on the asphalt and stains on the paving: edges that a camera which moves can't hide. */
function paintMarkings(canvas: Canvas): void {
  const { random } = canvas;
  for (let x = -24; x < 24; x += 2.6) {
    groundRectangle(canvas, x, x + 0.14, pavingEnd + 2, pavingEnd + 7, rgb(214, 212, 204, 0.8));
  }
  for (let stain = 0; stain < 60; stain++) {
    const depth = nearest + (pavingEnd - nearest) * random();
    const x = (random() - 0.5) * depth * 1.8;
    const size = 0.1 + 0.3 * random();
    const tone = random() < 0.5 ? 44 : 176;
    groundRectangle(canvas, x, x + size, depth, depth + size, rgb(tone, tone, tone, 0.5));
  }
}

function parkCars(canvas: Canvas): void {
  const { camera, painter, random, seed } = canvas;
  for (let x = -38; x < 38; x += 6) {
    if (random() < 0.45) continue;
    const look = carLook(seed, 90_000 + Math.round(x));
    drawCar(painter, camera, look, { x, depth: parkedDepth, heading: 0, travelled: 0 });
  }
}

/** From top to bottom of the picture, with joints and a lit edge. */
function paintPillar(canvas: Canvas, left: number, right: number): void {
  const { surface, unit, seed } = canvas;
  const { height } = surface;
  rectangle(canvas, left, 0, right - left, height, rgb(124, 116, 108), -12);
  for (let y = 0; y < height; y += unit * 0.09) {
    rectangle(canvas, left, y, right - left, 2, rgb(84, 78, 72, 0.7));
  }
  rectangle(canvas, left, 0, 3, height, rgb(168, 160, 150, 0.6));
  rectangle(canvas, right - 4, 0, 4, height, rgb(60, 56, 52, 0.5));
  for (let row = 0; row < height; row++) {
    for (let x = left; x < right; x++) {
      const at = row * surface.width + x;
      surface.y[at] = surface.y[at]! + 14 * (hashUnit(seed, x >> 1, row >> 1) - 0.5);
    }
  }
}
