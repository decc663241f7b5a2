import type { BackgroundModel } from './background-model.ts';
import { createBackgroundModel } from './background-model.ts';
import type { Change } from './change.ts';
import { createChange } from './change.ts';
import type { Grid } from './grid.ts';
import { gridOf } from './grid.ts';
import type { Verdict } from './judge.ts';
import { createVerdict } from './judge.ts';
import type { Labeller } from './labelling.ts';
import { createLabeller, MAX_COMPONENTS } from './labelling.ts';
import type { LightFollower } from './light-follower.ts';
import { createLightFollower } from './light-follower.ts';
import type { Persistence } from './persistence.ts';
import { createPersistence } from './persistence.ts';
import type { Polygon } from './polygon.ts';
import { checkPolygon, rasterisePolygon } from './polygon.ts';
import type { Precipitation } from './precipitation.ts';
import { createPrecipitation } from './precipitation.ts';
import type { Steadier } from './steadier.ts';
import { createSteadier } from './steadier.ts';
import type { SoftLight } from './soft-light.ts';
import { createSoftLight } from './soft-light.ts';

/** The buffers for one picture size. */
export interface Workspace {
  width: number;
  height: number;
  factor: number;
  grid: Grid;
  plane: Uint8Array;
  planeWidth: number;
  light: LightFollower;
  steadier: Steadier;
  current: Float32Array;
  silenced: Uint8Array;
  model: BackgroundModel;
  change: Change;
  softLight: SoftLight;
  precipitation: Precipitation;
  labeller: Labeller;
  persistence: Persistence;
  verdict: Verdict;
}

/** @throws RangeError when the picture has not a single cell. */
export function createWorkspace(width: number, height: number, factor: number): Workspace {
  const grid = gridOf(width, height, factor);
  const planeWidth = Math.floor(width / factor);
  const cells = grid.columns * grid.rows;
  if (cells === 0) throw new RangeError(`a picture of ${width}x${height} is too small for the motion gate`);
  return {
    width,
    height,
    factor,
    grid,
    plane: new Uint8Array(planeWidth * Math.floor(height / factor)),
    planeWidth,
    light: createLightFollower(),
    steadier: createSteadier(grid, planeWidth),
    current: new Float32Array(cells),
    silenced: new Uint8Array(cells),
    model: createBackgroundModel(cells),
    change: createChange(grid),
    softLight: createSoftLight(grid),
    precipitation: createPrecipitation(cells),
    labeller: createLabeller(grid),
    persistence: createPersistence(cells),
    verdict: createVerdict(MAX_COMPONENTS),
  };
}

/** Silences the cells inside the masks. @throws RangeError when a mask does not fit the picture. */
export function silence({ width, height, silenced, grid }: Workspace, masks: readonly Polygon[]): void {
  silenced.fill(0);
  for (const [index, mask] of masks.entries()) {
    const complaint = checkPolygon(mask, width, height);
    if (complaint) throw new RangeError(`motion mask ${index + 1} ${complaint}`);
    rasterisePolygon(mask, grid, silenced);
  }
}
