import type { Cluster } from '@framegate/scaling';
import { experimentNames, readExperiment } from '../read-experiment.ts';
import { manifestFor } from '../resources/manifest.ts';
import { tryOut } from './carry-out.ts';
import { createKubeApi, KubeError } from './kube-api.ts';

/** Has an API server that knows Chaos Mesh's definitions check every resource, and create none. */
export async function validateAll(
  cluster: Cluster,
  namespace: string,
): Promise<{ readonly valid: number; readonly refused: readonly string[] }> {
  const api = createKubeApi(cluster);
  const refused: string[] = [];
  let valid = 0;
  for (const name of experimentNames()) {
    const { faults, walk } = readExperiment(name);
    for (const { manifest } of [...faults, ...walk]) {
      try {
        await tryOut(manifestFor(manifest, { namespace, suffix: 'check' }), api);
        valid += 1;
      } catch (error) {
        if (!(error instanceof KubeError && error.answered)) throw error;
        refused.push(`${name}: ${error.message}`);
      }
    }
  }
  return { valid, refused };
}
