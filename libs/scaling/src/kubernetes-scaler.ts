import { z } from 'zod';
import type { Question } from './ask-server.ts';
import { askServer } from './ask-server.ts';
import type { Cluster } from './cluster.ts';
import type { Scale, Scaler } from './port.ts';
import { checkReplicas, ScalingError } from './port.ts';

const kinds = { deployment: 'deployments', statefulset: 'statefulsets' } as const;

export interface ScaleTarget {
  readonly kind: keyof typeof kinds;
  readonly name: string;
}

/** "deployment/inference"; undefined for what is none. */
export function parseScaleTarget(text: string): ScaleTarget | undefined {
  const [, kind, name] =
    /^(deployment|statefulset)\/([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?)$/.exec(text) ?? [];
  if (name === undefined) return undefined;
  return { kind: kind === 'statefulset' ? 'statefulset' : 'deployment', name };
}

/** `autoscaling/v1` Scale; a field that is zero is left out by the server. */
const scaleSchema = z.object({
  spec: z.object({ replicas: z.int().min(0).default(0) }).prefault({}),
  status: z.object({ replicas: z.int().min(0).default(0) }).prefault({}),
});

/**
 * Moves a workload through its scale subresource, which is all that its role has to allow:
 * `get` and `patch` on `deployments/scale` (or `statefulsets/scale`) of the API group `apps`.
 */
export function createKubernetesScaler(
  cluster: Cluster,
  target: ScaleTarget,
  namespace: string = cluster.namespace,
): Scaler {
  const resource = `${kinds[target.kind]}/scale`;
  const path = `/apis/apps/v1/namespaces/${namespace}/${kinds[target.kind]}/${target.name}/scale`;
  const ask = async (question: Question): Promise<Scale> => {
    const { status, body } = await askServer(cluster, question).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ScalingError(
        'UNREACHABLE',
        `the API server at ${cluster.server.host} does not answer: ${reason}`,
        { cause: error },
      );
    });
    if (status === 200) return scaleOf(body, cluster.server.host);
    if (status === 401 || status === 403)
      throw new ScalingError(
        'REFUSED',
        `the API server refuses to ${question.method.toLowerCase()} ${resource} of ${target.name} in ${namespace} (${status}): its role needs get and patch on ${resource} in the API group apps`,
      );
    if (status === 404)
      throw new ScalingError(
        'ABSENT',
        `there is no ${target.kind} ${target.name} in the namespace ${namespace}`,
      );
    throw new ScalingError('FAILED', `the API server answered ${status} to ${question.method} ${path}`);
  };
  return {
    read: () => ask({ method: 'GET', path }),
    async scale(replicas) {
      checkReplicas(replicas);
      return ask({ method: 'PATCH', path, body: { spec: { replicas } } });
    },
    async close() {},
  };
}

function scaleOf(body: string, host: string): Scale {
  try {
    const { spec, status } = scaleSchema.parse(JSON.parse(body));
    return { wanted: spec.replicas, existing: status.replicas };
  } catch (error) {
    throw new ScalingError('FAILED', `what ${host} answered is no scale`, { cause: error });
  }
}
