import type { Setting } from '../profile/settings.ts';
import { copyRecord } from '../record.ts';
import type { ComputeCapacity } from './compute-capacity.ts';

/**
 * A model that nobody used remembers its frames of long ago, when the machines may have been slower. Cameras go to it
 * because of what it should take now, by its profile and by how the models in use run; until it has run, that counts.
 *
 * @param before settings in force, by which a model is in use
 * @param after settings that cameras go to
 * @param slowness time of a frame as a multiple of what the profiles say, of the slowest model in use
 */
export function withExpectedTimes(
  compute: Readonly<Record<string, ComputeCapacity>>,
  before: readonly Setting[],
  after: readonly Setting[],
  slowness: number,
): Readonly<Record<string, ComputeCapacity>> {
  const inUse = new Set(before.map(({ model }) => model));
  const taken = Map.groupBy(after, ({ model }) => model);
  const pools = copyRecord(compute);
  for (const [model, settings] of taken) {
    const pool = pools[model];
    if (!pool || pool.frameMs === null || inUse.has(model)) continue;
    const frameMs = slowness * Math.max(...settings.map(({ serviceMs }) => serviceMs));
    pools[model] = { ...pool, frameMs, serviceMs: frameMs * pool.batch };
  }
  return pools;
}
