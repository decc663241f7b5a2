import { recipes, type Recipe } from './recipe.ts';
import type { SceneSpec } from './scene.ts';

const leastPixels = 64;
const mostPixels = 8192;

export function recipeFor(name: string): Recipe {
  const recipe = Object.hasOwn(recipes, name) ? recipes[name] : undefined;
  if (!recipe)
    throw new RangeError(`unknown scene "${name}": choose one of ${Object.keys(recipes).join(', ')}`);
  return recipe;
}

/** Fills in the defaults and refuses what can't be rendered. */
export function completeSpec(request: Pick<SceneSpec, 'name'> & Partial<SceneSpec>): SceneSpec {
  const { name, seed = 1, width = 1280, height = 720, framesPerSecond = 10 } = request;
  checkSide('width', width);
  checkSide('height', height);
  if (!Number.isSafeInteger(seed)) throw new RangeError(`scene seed ${seed}: expected a whole number`);
  if (!(framesPerSecond > 0 && framesPerSecond <= 240)) {
    throw new RangeError(`scene rate of ${framesPerSecond} frames/s: expected more than 0, at most 240`);
  }
  return { name, seed, width, height, framesPerSecond };
}

function checkSide(side: string, pixels: number): void {
  if (pixels % 2 === 0 && pixels >= leastPixels && pixels <= mostPixels) return;
  throw new RangeError(
    `scene ${side} of ${pixels} pixels: expected an even number from ${leastPixels} to ${mostPixels}`,
  );
}
