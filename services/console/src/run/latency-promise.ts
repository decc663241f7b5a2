import type { CameraDirectory } from '@framegate/camera-directory';
import { siteOf } from '@framegate/contracts';
import type { Declaration } from '@framegate/control';
import { promisesOf } from '@framegate/control';

/** What is promised of the results of a camera. */
export interface LatencyPromise {
  /** Name of the SLO; undefined: none is about the camera. */
  readonly slo: string | undefined;
  /** Undefined: what is wanted of the camera. */
  readonly objectiveMs: number | undefined;
  /** Share of due frames that must be on time. */
  readonly target: number;
}
export type PromiseOf = (cameraId: string) => LatencyPromise;

/**
 * Of several latency objectives that are about a camera the most important one, as the controller keeps it; what is
 * wanted of the camera where none is.
 */
export function promisesBy(declared: () => Declaration | undefined, target: number): PromiseOf {
  let known: { declaration: Declaration | undefined; promises: Map<string, LatencyPromise> } | undefined;
  return (cameraId) => {
    const declaration = declared();
    if (known?.declaration !== declaration || !known) known = { declaration, promises: new Map() };
    return known.promises.getOrInsertComputed(cameraId, () => {
      const slo = declaration && promisesOf(declaration, cameraId, siteOf(cameraId)).latency;
      return { slo: slo?.name, objectiveMs: slo?.objective, target: slo?.target ?? target };
    });
  };
}

/** The same, as it holds for a camera: where no SLO is about it, what is wanted of it gives the promise its name. */
export interface HeldPromise {
  readonly slo: string;
  readonly objectiveMs: number;
  readonly target: number;
}

const usualObjectiveMs = 500;

export function heldPromises(
  promiseOf: PromiseOf,
  { intents }: Pick<CameraDirectory, 'intents'>,
): (cameraId: string) => HeldPromise {
  return (cameraId) => {
    const { slo, target, ...declared } = promiseOf(cameraId);
    const objectiveMs = declared.objectiveMs ?? intents.get(cameraId)?.objectiveMs ?? usualObjectiveMs;
    return { slo: slo ?? `${objectiveMs} ms`, objectiveMs, target };
  };
}
