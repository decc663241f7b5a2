import type { Camera } from '../camera.ts';
import type { Painter } from '../painting/painter.ts';
import type { Actor } from '../traffic.ts';
import { carLook } from './car-look.ts';
import { drawCar } from './car.ts';
import { walkerLook } from './walker-look.ts';
import { drawWalker } from './walker.ts';

/** What is left of a shadow's radii when it is to stay within the figure's box. */
const closeShadowShare = { person: 0.3, car: 0.7 } as const;

/** Draws an actor with the look that its id has in this scene. */
export function drawFigure(painter: Painter, camera: Camera, seed: number, actor: Actor): void {
  const brush = actor.closeShadow ? withCloseShadow(painter, closeShadowShare[actor.class]) : painter;
  switch (actor.class) {
    case 'person':
      return drawWalker(brush, camera, walkerLook(seed, actor.id), actor.pose);
    case 'car':
      return drawCar(brush, camera, carLook(seed, actor.id), actor.pose);
  }
}

function withCloseShadow(painter: Painter, share: number): Painter {
  return {
    capsule: (x0, y0, radius0, x1, y1, radius1, paint, relief) =>
      painter.capsule(x0, y0, radius0, x1, y1, radius1, paint, relief),
    polygon: (points, paint, slope) => painter.polygon(points, paint, slope),
    glow: (x, y, radiusX, radiusY, levels) => painter.glow(x, y, radiusX, radiusY, levels),
    shade: (x, y, radiusX, radiusY, strength) =>
      painter.shade(x, y, radiusX * share, radiusY * share, strength),
  };
}
