import type { Camera } from './camera.ts';
import { drawFigure } from './figures/figure.ts';
import { boundsOf, intersection, isEmpty, type Bounds } from './painting/bounds-painter.ts';
import { SilhouettePainter } from './painting/silhouette-painter.ts';
import type { Painter } from './painting/painter.ts';
import type { TruthBox } from './scene.ts';
import type { Screen } from './staging.ts';
import type { Actor } from './traffic.ts';

/** One actor's drawing and the rectangle around it. */
interface Sight {
  readonly actor: Actor;
  readonly bounds: Bounds;
  draw(painter: Painter): void;
}

/** Boxes of all actors of which something is seen, in the given order (farthest first). */
export function truthOf(
  actors: readonly Actor[],
  camera: Camera,
  seed: number,
  width: number,
  height: number,
  screens: readonly Screen[] = [],
): TruthBox[] {
  const frame = { left: 0, top: 0, right: width, bottom: height };
  const sights = actors.map((actor): Sight => {
    const draw = (painter: Painter) => drawFigure(painter, camera, seed, actor);
    return { actor, bounds: boundsOf(draw), draw };
  });
  return sights.flatMap((sight, index) => {
    const visible = visibleShare(sight, sights.slice(index + 1), frame, screens);
    if (visible === 0) return [];
    const { left, top, right, bottom } = intersection(sight.bounds, frame);
    const box = [left, top, right - left, bottom - top] as const;
    const { id, class: kind } = sight.actor;
    return [{ id, class: kind, box, visible, ...trialTruth(sight.actor) }];
  });
}

function trialTruth({ moving, contrastLevels }: Actor): Partial<TruthBox> {
  return {
    ...(moving !== undefined && { moving }),
    ...(contrastLevels !== undefined && { contrastLevels }),
  };
}

function visibleShare(
  sight: Sight,
  nearer: readonly Sight[],
  frame: Bounds,
  screens: readonly Screen[],
): number {
  if (isEmpty(intersection(sight.bounds, frame))) return 0;
  const silhouette = new SilhouettePainter(sight.bounds);
  sight.draw(silhouette);
  const whole = silhouette.count(sight.bounds);
  silhouette.hide();
  for (const other of nearer) {
    if (!isEmpty(intersection(sight.bounds, other.bounds))) other.draw(silhouette);
  }
  const { top, bottom } = sight.bounds;
  for (const { left, right } of screens)
    silhouette.polygon([left, top, right, top, right, bottom, left, bottom]);
  return silhouette.count(frame) / whole;
}
