import { ConfigError } from '@framegate/service-kit';
import { z } from 'zod';
import type { Experiment } from '../experiment.ts';
import type { Fault } from '../read-experiment.ts';
import type { KubeApi } from './kube-api.ts';

const partOf = 'app.kubernetes.io/part-of=framegate';
const groupSchema = z.looseObject({ resources: z.array(z.looseObject({ kind: z.string() })) });
const listSchema = z.looseObject({
  items: z.array(z.looseObject({ metadata: z.looseObject({ name: z.string() }) })),
});

const variableSchema = z.looseObject({ name: z.string(), value: z.string().default('') });
const podsSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      spec: z.looseObject({
        containers: z.array(z.looseObject({ env: z.array(variableSchema).default([]) })),
      }),
    }),
  ),
});

const selectorSchema = z.looseObject({ labelSelectors: z.record(z.string(), z.string()) });

const howToInstall =
  'helm install chaos-mesh chaos-mesh --repo https://charts.chaos-mesh.org --namespace chaos-mesh --create-namespace --set chaosDaemon.runtime=containerd,chaosDaemon.socketPath=/run/containerd/containerd.sock';

/**
 * Whether a cluster has what an experiment needs, before anything is done to it.
 * @returns the StatefulSet of the edge, and the hosts under which it reaches its brokers
 * @throws ConfigError that names all that is missing
 */
export async function checkCluster(
  api: KubeApi,
  namespace: string,
  { start }: Experiment,
  faults: readonly Fault[],
): Promise<{ edge: string; brokerHosts: string[] }> {
  const group = await api.get('/apis/chaos-mesh.org/v1alpha1');
  if (group === undefined)
    throw new ConfigError([`the cluster at ${api.host} has no Chaos Mesh. To install it: ${howToInstall}`]);
  const known = new Set(groupSchema.parse(group).resources.map(({ kind }) => kind));
  const listOf = (path: string, labels: string): Promise<unknown> =>
    api.get(`${path}?labelSelector=${encodeURIComponent(labels)}`);
  const names = async (path: string, labels: string): Promise<string[]> => {
    const list = await listOf(path, labels);
    return list === undefined ? [] : listSchema.parse(list).items.map(({ metadata }) => metadata.name);
  };
  const podsPath = `/api/v1/namespaces/${namespace}/pods`;
  const pods = (labels: string): Promise<string[]> => names(podsPath, labels);
  const missing: string[] = [];
  for (const fault of faults) {
    const { kind, metadata } = fault.resource;
    const what = `${kind} ${metadata.name}`;
    if (!known.has(kind)) missing.push(`${what}: this Chaos Mesh has no ${kind}`);
    for (const labels of labelsOf(fault))
      if ((await pods(labels)).length === 0)
        missing.push(`${what}: no pod of the namespace ${namespace} has the labels ${labels}`);
  }
  const wanted = { inference: start.inferences, controller: start.controllers, redis: start.redis ? 1 : 0 };
  for (const [component, count] of Object.entries(wanted)) {
    const found = (await pods(`${partOf},app.kubernetes.io/component=${component}`)).length;
    if (found < count)
      missing.push(
        `start: ${count} of ${component} are wanted in the namespace ${namespace}, there are ${found}`,
      );
  }
  const ofEdge = `${partOf},app.kubernetes.io/component=edge`;
  const sets = await names(`/apis/apps/v1/namespaces/${namespace}/statefulsets`, ofEdge);
  const [edge] = sets;
  if (edge === undefined || sets.length > 1)
    missing.push(
      `the namespace ${namespace} has ${sets.length} edges, one is wanted: the audit stops it (helm install … deploy/helm/framegate-edge)`,
    );
  if (missing.length > 0 || edge === undefined) throw new ConfigError([...new Set(missing)]);
  return { edge, brokerHosts: brokerHostsOf(await listOf(podsPath, ofEdge)) };
}

/** Of the variable KAFKA_BROKERS of such pods. */
function brokerHostsOf(pods: unknown): string[] {
  const variables = podsSchema
    .parse(pods)
    .items.flatMap(({ spec }) => spec.containers.flatMap(({ env }) => env));
  const brokers = variables.flatMap(({ name, value }) => (name === 'KAFKA_BROKERS' ? value.split(',') : []));
  return [...new Set(brokers.map((broker) => broker.trim().replace(/:\d+$/, '')))].filter(Boolean);
}

/** Of the pods that it disturbs, and of those at the other end. */
function labelsOf({ manifest: { spec } }: Fault): string[] {
  const selections = [spec, ...(spec.target ? [spec.target] : [])];
  return selections.map(({ selector }) =>
    Object.entries(selectorSchema.parse(selector).labelSelectors)
      .map(([name, value]) => `${name}=${value}`)
      .join(','),
  );
}
