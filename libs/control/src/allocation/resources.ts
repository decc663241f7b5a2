import type { Budget } from './allocate-budget.ts';
import type { Catalogue } from '../profile/catalogue.ts';
import { withExpectedTimes } from '../capacity/expected-times.ts';
import { usableServiceMs } from '../capacity/compute-capacity.ts';
import type { ControllerState } from '../controller-state.ts';
import { shareAtOnce } from '../capacity/multiplexing.ts';
import { bytesPerSecond, servicePerSecond } from '../profile/pareto-front.ts';
import type { Setting } from '../profile/settings.ts';
import { uplinkBudget } from '../capacity/uplink-capacity.ts';

/** What is there to share this second, and what a camera's setting takes of it. */
export interface Resources {
  readonly budget: Budget;
  /** The same were these settings in force: a slower model leaves less to share. */
  budgetFor(settings: readonly Setting[]): Budget;
  /** What is known of the models then: of one that comes into use, what it should take. */
  computeFor(settings: readonly Setting[]): ControllerState['compute'];
  bytesFactor(cameraId: string): number;
  serviceFactor(model: string): number;
  /** Time of a frame as a multiple of what the profiles say, of the slowest model in use. */
  readonly slowness: number;
  /** What the cameras' settings take, by site and in all. */
  usedBytes(site: string): number;
  readonly usedServiceMs: number;
  /** Cameras that share a site's uplink, and all of them. */
  cameraCount(site: string): number;
  readonly cameras: number;
}

export function resourcesOf(state: ControllerState, catalogue: Catalogue, objectiveMs: number): Resources {
  const ids = Object.keys(state.cameras);
  const all = Object.values(state.cameras);
  const atSite = Map.groupBy(all, ({ site }) => site);
  const shares = new Map([...atSite].map(([site, cameras]) => [site, shareAtOnce(cameras, 2)]));
  const shareOfAll = shareAtOnce(all, 1);
  const settings = ids.map((cameraId, index) => {
    const camera = all[index];
    return camera ? catalogue.settingAt(cameraId, camera.rung) : catalogue.top(cameraId);
  });
  const speeds = speedsOf(state, settings);
  // A model that is not in use is as slow against its profile as those that are: they share their machines.
  const slowness = Math.max(...speeds.values(), 0) || 1;
  const serviceFactor = (model: string): number => shareOfAll * (speeds.get(model) ?? slowness);
  const bytesFactor = (cameraId: string): number => {
    const camera = state.cameras[cameraId];
    return camera ? (shares.get(camera.site) ?? 1) * camera.bytesFactor : 1;
  };

  const bytes = new Map<string, number>();
  let usedServiceMs = 0;
  settings.forEach((setting, index) => {
    const [cameraId = '', camera] = [ids[index], all[index]];
    if (!camera) return;
    add(bytes, camera.site, bytesPerSecond(setting) * bytesFactor(cameraId));
    usedServiceMs += servicePerSecond(setting) * serviceFactor(setting.model);
  });
  const computeFor = (planned: readonly Setting[]): ControllerState['compute'] =>
    withExpectedTimes(state.compute, settings, planned, slowness);
  const serviceOf = (compute: ControllerState['compute'], of: readonly Setting[]): number =>
    serviceBudget(compute, of, objectiveMs) * state.cloud.feedback.trim;
  const budget = {
    bytesPerSecond: bytesBudget(state.sites),
    serviceMsPerSecond: serviceOf(state.compute, settings),
  };
  return {
    budget,
    budgetFor: (planned) => ({ ...budget, serviceMsPerSecond: serviceOf(computeFor(planned), planned) }),
    computeFor,
    bytesFactor,
    serviceFactor,
    slowness,
    usedBytes: (site) => bytes.get(site) ?? 0,
    usedServiceMs,
    cameraCount: (site) => atSite.get(site)?.length ?? 0,
    cameras: ids.length,
  };
}

function bytesBudget(sites: ControllerState['sites']): Map<string, number> {
  const bytes = new Map<string, number>();
  for (const [site, { uplink, feedback }] of Object.entries(sites)) {
    const limit = uplinkBudget(uplink);
    if (limit !== null) bytes.set(site, limit * feedback.trim);
  }
  return bytes;
}

function serviceBudget(
  compute: ControllerState['compute'],
  settings: readonly Setting[],
  objectiveMs: number,
): number {
  // A model that nobody uses tells the time of its frames of long ago.
  const models = new Set(settings.map(({ model }) => model));
  const inUse = Object.keys(compute).filter((model) => models.has(model));
  const pools = (inUse.length > 0 ? inUse : Object.keys(compute)).flatMap((model) => compute[model] ?? []);
  return usableServiceMs(pools, objectiveMs);
}

/** How much longer a frame takes than the profiles say, for the settings that are in force. */
function speedsOf(state: ControllerState, settings: readonly Setting[]): Map<string, number> {
  const speeds = new Map<string, number>();
  for (const [model, own] of Map.groupBy(settings, (setting) => setting.model)) {
    const frames = own.reduce((sum, { framesPerSecond }) => sum + framesPerSecond, 0);
    const expectedMs = own.reduce((sum, setting) => sum + servicePerSecond(setting), 0) / frames;
    const frameMs = state.compute[model]?.frameMs;
    if (frameMs && expectedMs > 0) speeds.set(model, frameMs / expectedMs);
  }
  return speeds;
}

function add(sums: Map<string, number>, key: string, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}
