import { screenX, screenY } from '../camera.ts';
import type { Paint } from '../painting/paint.ts';
import type { Canvas } from './backdrop.ts';

/** An upright rectangle in pixels. */
export function rectangle(
  { painter }: Canvas,
  left: number,
  top: number,
  width: number,
  height: number,
  paint: Paint,
  slope = 0,
): void {
  const right = left + width;
  const bottom = top + height;
  painter.polygon([left, top, right, top, right, bottom, left, bottom], paint, slope);
}

/** A rectangle that lies on the ground: metres across and in depth. */
export function groundRectangle(
  { painter, camera }: Canvas,
  x0: number,
  x1: number,
  near: number,
  far: number,
  paint: Paint,
  slope = 0,
): void {
  const corners = [
    [x0, near],
    [x1, near],
    [x1, far],
    [x0, far],
  ] as const;
  const points = corners.flatMap(([x, depth]) => [screenX(camera, x, depth), screenY(camera, 0, depth)]);
  painter.polygon(points, paint, slope);
}

/** A band of ground across the whole view. */
export function groundBand(canvas: Canvas, near: number, far: number, paint: Paint, slope = 0): void {
  const top = screenY(canvas.camera, 0, far);
  const bottom = Math.min(canvas.surface.height, screenY(canvas.camera, 0, near));
  rectangle(canvas, 0, top, canvas.surface.width, bottom - top, paint, slope);
}

/** Slabs: joints across and towards the vanishing point, and some stones darker or lighter. */
export function paving(canvas: Canvas, near: number, far: number, slabMetres: number, joint: Paint): void {
  const { camera, random, surface } = canvas;
  const halfWidth = ((surface.width / 2) * far) / camera.focal + slabMetres;
  const columns = Math.ceil(halfWidth / slabMetres);
  const mortar = slabMetres * 0.035;
  for (let depth = near; depth < far; depth += slabMetres) {
    const end = Math.min(far, depth + slabMetres);
    for (let column = -columns; column < columns; column++) {
      const x = column * slabMetres;
      const tone = random();
      if (tone > 0.45) continue;
      const y = tone < 0.2 ? joint.y - 10 : joint.y + 60;
      groundRectangle(canvas, x, x + slabMetres, depth, end, { ...joint, y, opacity: 0.18 * random() });
    }
    groundRectangle(canvas, -halfWidth, halfWidth, depth, depth + mortar, { ...joint, opacity: 0.5 });
  }
  for (let column = -columns; column <= columns; column++) {
    const x = column * slabMetres;
    groundRectangle(canvas, x - mortar / 2, x + mortar / 2, near, far, { ...joint, opacity: 0.5 });
  }
}

/** A canopy of leaves: overlapping discs, dark below and light above. */
export function canopy(
  canvas: Canvas,
  x: number,
  y: number,
  radius: number,
  paint: Paint,
  leaves: number,
): void {
  const { painter, random } = canvas;
  for (let leaf = 0; leaf < leaves; leaf++) {
    const dx = (random() + random() - 1) * radius;
    const dy = (random() + random() - 1) * radius * 0.8;
    const size = radius * (0.06 + 0.1 * random());
    const tone = paint.y * (0.75 - (0.35 * dy) / radius + 0.3 * random());
    painter.capsule(x + dx, y + dy, size, x + dx + size * 0.6, y + dy, size * 0.7, { ...paint, y: tone }, 10);
  }
}

export function trunk(
  { painter }: Canvas,
  x: number,
  top: number,
  foot: number,
  radius: number,
  paint: Paint,
): void {
  painter.capsule(x, top, radius * 0.6, x, foot - radius, radius, paint, 26);
}
