import { scaleAt, screenX, screenY } from '../camera.ts';
import { rgb } from '../painting/paint.ts';
import type { Canvas } from './backdrop.ts';
import { canopy, groundBand, groundRectangle, rectangle } from './shapes.ts';
import { paintSky } from './sky.ts';
import { roughen } from './texture.ts';

/** Depth in metres of the warehouse wall. */
const wallDepth = 18;

/** A loading yard: a corrugated wall with gates, bays marked on concrete, a hedge. */
export function paintYard(canvas: Canvas): void {
  const { camera, surface, unit, seed, random } = canvas;
  const foot = screenY(camera, 0, wallDepth);
  const metre = scaleAt(camera, wallDepth);
  paintSky(canvas, foot - metre * 4);
  rectangle(canvas, 0, foot - metre * 5, surface.width, metre * 5, rgb(150, 162, 172), -14);
  for (let x = 0; x < surface.width; x += metre * 0.22) {
    rectangle(canvas, x, foot - metre * 5, metre * 0.07, metre * 5, rgb(70, 80, 90, 0.35));
  }
  rectangle(canvas, 0, foot - metre * 5.2, surface.width, metre * 0.3, rgb(84, 92, 100), -20);
  for (let x = metre * (1 + random()); x < surface.width - metre * 3; x += metre * (5 + random()))
    paintGate(canvas, x, foot, metre);
  roughen(surface, seed, 0, foot, 5, unit * 0.06);
  groundBand(canvas, 3, wallDepth, rgb(150, 148, 144), 10);
  roughen(surface, seed + 1, foot, surface.height, 12, unit * 0.18, unit * 0.05);
  roughen(surface, seed + 2, foot, surface.height, 7, 2);
  for (let x = -12; x <= 12; x += 3) {
    groundRectangle(canvas, x, x + 0.12, wallDepth - 5, wallDepth - 0.6, rgb(232, 226, 200, 0.75));
  }
  paintHedge(canvas);
}

function paintGate(canvas: Canvas, left: number, foot: number, metre: number): void {
  const { random } = canvas;
  const paint = random() < 0.5 ? rgb(178, 120, 52) : rgb(62, 92, 122);
  rectangle(canvas, left - 4, foot - metre * 3.3, metre * 3 + 8, metre * 3.3, rgb(66, 70, 74));
  rectangle(canvas, left, foot - metre * 3.2, metre * 3, metre * 3.2, paint, -24);
  for (let y = foot - metre * 3.2; y < foot; y += metre * 0.32) {
    rectangle(canvas, left, y, metre * 3, 2, rgb(20, 20, 24, 0.35));
  }
  rectangle(
    canvas,
    left + metre * 1.2,
    foot - metre * 2.4,
    metre * 0.6,
    metre * 0.35,
    rgb(180, 200, 210),
    -40,
  );
}

function paintHedge(canvas: Canvas): void {
  const { camera } = canvas;
  const depth = wallDepth - 0.3;
  const metre = scaleAt(camera, depth);
  for (let x = 8.2; x < 13; x += 0.7) {
    const y = screenY(camera, 0.55, depth);
    canopy(canvas, screenX(camera, x, depth), y, metre * 0.6, rgb(66, 106, 58), 60);
  }
}
