import { expect, test } from 'vitest';
import { cameraFor } from './camera.ts';
import { boundsOf } from './painting/bounds-painter.ts';
import { drawFigure } from './figures/figure.ts';
import { recipes } from './recipe.ts';
import { actorsAt, type Actor } from './traffic.ts';

const width = 1280;
const seed = 3;
const streetRecipe = recipes['street']!;
const camera = cameraFor(streetRecipe.place.framing, width, 720);
const view = { camera, width };
const tenths = Array.from({ length: 2400 }, (_, index) => index / 10);

function isInFrame(actor: Actor): boolean {
  const { left, right } = boundsOf((painter) => drawFigure(painter, camera, seed, actor));
  return right > 0 && left < width;
}

test('figures come in from beyond the edge and leave beyond it', () => {
  const seenFromNowhere: number[] = [];
  let before = new Map<number, Actor>();
  for (const seconds of tenths) {
    const now = new Map(
      actorsAt(streetRecipe.traffic, seed, view, seconds).map((actor) => [actor.id, actor]),
    );
    for (const [id, actor] of now) if (!before.has(id) && isInFrame(actor)) seenFromNowhere.push(id);
    for (const [id, actor] of before) if (!now.has(id) && isInFrame(actor)) seenFromNowhere.push(id);
    before = now;
  }
  expect(seenFromNowhere).toEqual([]);
});

test.each(Object.entries(recipes))(
  '%s has busy times and, but for the rush hour, empty ones',
  (name, recipe) => {
    const counts = tenths.map((seconds) => actorsAt(recipe.traffic, seed, view, seconds).length);
    expect(Math.max(...counts)).toBeGreaterThan(0);
    const empty = counts.filter((count) => count === 0).length;
    if (name === 'rush-hour') expect(empty).toBeLessThan(40);
    else expect(empty).toBeGreaterThan(100);
  },
);

test('farther figures come first, so that nearer ones are painted over them', () => {
  for (const seconds of tenths) {
    const depths = actorsAt(streetRecipe.traffic, seed, view, seconds).map(({ pose }) => pose.depth);
    expect(depths).toEqual(depths.toSorted((a, b) => b - a));
  }
});

test('no two figures share an id', () => {
  for (const seconds of tenths) {
    const ids = actorsAt(streetRecipe.traffic, seed, view, seconds).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  }
});
