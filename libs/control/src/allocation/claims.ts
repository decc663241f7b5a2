import type { Claim } from './allocate-budget.ts';
import type { Catalogue } from '../profile/catalogue.ts';
import type { CameraState, ControllerState } from '../controller-state.ts';
import type { LeverName } from '../declaration/declaration.ts';
import type { Held } from '../loops/hold-levers.ts';
import type { Prices } from '../profile/ladder.ts';
import type { Resources } from './resources.ts';

/** A frame alone may take this share of the objective on its way. */
const transferShare = 0.25;
/** Its analysis alone may take this share: what is left is for its way and for waiting. */
const serviceShare = 0.5;

export interface ClaimOptions extends Held {
  readonly objectiveMs: number;
  /** The service loop's privilege: a model is changed every 10 s at most. */
  readonly mayChangeModel: boolean;
}

/** What each camera asks for. Cameras that are silent ask for their floor and keep it reserved: they may still send. */
export function claimsOf(
  state: ControllerState,
  catalogue: Catalogue,
  resources: Resources,
  { objectiveMs, mayChangeModel, pinned, wanted }: ClaimOptions,
): Claim[] {
  const prices = new Map<string, Prices>();
  const maxServiceMs = rounded((objectiveMs * serviceShare) / resources.slowness);
  return Object.entries(state.cameras).map(([cameraId, camera]) => {
    const { priority, weight } = catalogue.promises(cameraId);
    const own = prices.get(camera.site) ?? pricesOf(camera, resources);
    prices.set(camera.site, own);
    const limit = resources.budget.bytesPerSecond.get(camera.site) ?? Infinity;
    const ladder = catalogue.ladder(cameraId, {
      prices: own,
      maxBytesPerFrame: rounded((limit * objectiveMs * transferShare) / 1000 / camera.bytesFactor),
      maxServiceMs,
      held: [...heldLevers(camera, mayChangeModel), ...pinned(cameraId)],
      now: catalogue.settingAt(cameraId, camera.rung),
      wanted: wanted(cameraId),
    });
    return {
      cameraId,
      site: camera.site,
      priority,
      weight,
      ladder: camera.isSilent ? ladder.slice(0, 1) : ladder,
      prices: own,
      bytesFactor: resources.bytesFactor(cameraId),
      serviceFactor: resources.serviceFactor,
    };
  });
}

function heldLevers(camera: CameraState, mayChangeModel: boolean): LeverName[] {
  const stuck = camera.stuck.map(({ lever }) => lever);
  return mayChangeModel || stuck.includes('model') ? stuck : [...stuck, 'model'];
}

/** What is scarcer costs more: in whole powers of two, so that few ladders have to be known. */
function pricesOf({ site }: CameraState, resources: Resources): Prices {
  const bytes = resources.budget.bytesPerSecond.get(site);
  const bytesEach = bytes === undefined ? Infinity : Math.max(1, bytes) / resources.cameraCount(site);
  const serviceEach = Math.max(1, resources.budget.serviceMsPerSecond) / resources.cameras;
  if (bytesEach === Infinity && serviceEach === Infinity) return { perByte: 2 ** -10, perServiceMs: 1 };
  const exponent = Math.round(Math.log2(serviceEach / bytesEach));
  return { perByte: 2 ** Math.min(10, Math.max(-28, exponent)), perServiceMs: 1 };
}

/** Down to a power of 1.25. */
function rounded(bytes: number): number {
  if (bytes === Infinity) return Infinity;
  return 1.25 ** Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1.25));
}
