import type { Camera } from '../camera.ts';
import type { Painter } from '../painting/painter.ts';
import type { Actor } from '../traffic.ts';
import { carLook } from './car-look.ts';
import { drawCar } from './car.ts';
import { walkerLook } from './walker-look.ts';
import { drawWalker } from './walker.ts';

/** Draws an actor with the look that its id has in this scene. */
export function drawFigure(painter: Painter, camera: Camera, seed: number, actor: Actor): void {
  switch (actor.class) {
    case 'person':
      return drawWalker(painter, camera, walkerLook(seed, actor.id), actor.pose);
    case 'car':
      return drawCar(painter, camera, carLook(seed, actor.id), actor.pose);
  }
}
