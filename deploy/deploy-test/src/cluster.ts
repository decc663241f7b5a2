import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { runCommand } from './run-command.ts';

const nodesSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()) }),
      status: z.object({ addresses: z.array(z.object({ type: z.string(), address: z.string() })) }),
    }),
  ),
});

export interface ClusterNode {
  readonly name: string;
  readonly address: string;
}

export const namespace = 'framegate-trial';

/** A cluster as the trial talks to it: in a namespace of the trial's own, unless it says otherwise. */
export interface Cluster {
  kubectl(...args: readonly string[]): Promise<string>;
  /** Of the whole cluster, not of the namespace. */
  admin(...args: readonly string[]): Promise<string>;
  helm(...args: readonly string[]): Promise<string>;
  readonly machines: Machines | undefined;
}

export interface ClusterAccess {
  readonly helm: string;
  /** A file of its own; otherwise what `KUBECONFIG` says. */
  readonly kubeconfig?: string | undefined;
  readonly machines: Machines | undefined;
}

export function openCluster({ helm, kubeconfig, machines }: ClusterAccess): Cluster {
  const access = kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig];
  const inNamespace = [...access, '--namespace', namespace];
  return {
    kubectl: (...args) => runCommand('kubectl', [...inNamespace, ...args]),
    admin: (...args) => runCommand('kubectl', [...access, ...args]),
    helm: (...args) => runCommand(helm, [...args, ...inNamespace]),
    machines,
  };
}

/** What can be done to the machines of a cluster, besides talking to its API. */
export interface Machines {
  /** Brings images of the local engine to all nodes. */
  load(images: readonly string[]): Promise<void>;
  link(node: string, state: 'up' | 'down'): Promise<void>;
  power(node: string, state: 'on' | 'off'): Promise<void>;
}

/**
 * `FRAMEGATE_CLUSTER_TOOL`, or for a cluster of the site alone `FRAMEGATE_SITE_CLUSTER_TOOL`: a program with the
 * commands `load IMAGE…`, `link NODE up|down`, `node-stop NODE` and `node-start NODE`; undefined where there is none,
 * and the steps that need it can't be run.
 */
export function findMachines(root: string, given: string | undefined): Machines | undefined {
  const tool = given || join(root, '../shared/tools/kube-local');
  if (!existsSync(tool)) return undefined;
  const call = async (...args: string[]): Promise<void> => {
    await runCommand(tool, args, { timeoutMs: 1_800_000 });
  };
  return {
    load: (images) => call('load', ...images),
    link: (node, state) => call('link', node, state),
    power: (node, state) => call(state === 'on' ? 'node-start' : 'node-stop', node),
  };
}

/** The node with such a label framegate.io/tier. @throws Error where none has it */
export async function findNode(cluster: Cluster, tier: 'cloud' | 'edge'): Promise<ClusterNode> {
  const { items } = nodesSchema.parse(JSON.parse(await cluster.admin('get', 'nodes', '--output', 'json')));
  const node = items.find(({ metadata }) => metadata.labels['framegate.io/tier'] === tier);
  const address = node?.status.addresses.find(({ type }) => type === 'InternalIP')?.address;
  if (!node || address === undefined)
    throw new Error(
      `no node has the label framegate.io/tier=${tier}: kubectl label node NAME framegate.io/tier=${tier}`,
    );
  return { name: node.metadata.name, address };
}
