import { composeScene } from './compose-scene.ts';
import { recipes } from './recipe.ts';
import type { Scene, SceneSpec } from './scene.ts';
import { completeSpec, recipeFor } from './spec.ts';

/** The names that `createScene` knows. */
export const sceneNames: readonly string[] = Object.keys(recipes);

/** One line about a scene. Throws for an unknown name. */
export function describeScene(name: string): string {
  return recipeFor(name).description;
}

/**
 * A synthetic camera. Everything it shows follows from name, seed, size and frame index alone; the same bytes on
 * every machine. Defaults: seed 1, 1280x720, 10 frames/s. Throws for an unknown name or an impossible size.
 */
export function createScene(request: Pick<SceneSpec, 'name'> & Partial<SceneSpec>): Scene {
  const spec = completeSpec(request);
  return composeScene(recipeFor(spec.name), spec);
}
