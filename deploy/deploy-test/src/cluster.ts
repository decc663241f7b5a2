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

/** What can be done to the machines of a cluster, besides talking to its API. */
export interface Machines {
  /** Brings images of the local engine to all nodes. */
  load(images: readonly string[]): Promise<void>;
  link(node: string, state: 'up' | 'down'): Promise<void>;
  power(node: string, state: 'on' | 'off'): Promise<void>;
}

/**
 * `FRAMEGATE_CLUSTER_TOOL`, a program with the commands `load IMAGE…`, `link NODE up|down`, `node-stop NODE` and
 * `node-start NODE`; undefined where there is none, and the steps that need it can't be run.
 */
export function findMachines(root: string, env: NodeJS.ProcessEnv): Machines | undefined {
  const tool = env['FRAMEGATE_CLUSTER_TOOL'] || join(root, '../shared/tools/kube-local');
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

/** The nodes with the label framegate.io/tier, by its value. @throws Error where cloud or edge has none */
export async function findNodes(): Promise<{ cloud: ClusterNode; edge: ClusterNode }> {
  const { items } = nodesSchema.parse(
    JSON.parse(await runCommand('kubectl', ['get', 'nodes', '--output', 'json'])),
  );
  const nodeOf = (tier: string): ClusterNode => {
    const node = items.find(({ metadata }) => metadata.labels['framegate.io/tier'] === tier);
    const address = node?.status.addresses.find(({ type }) => type === 'InternalIP')?.address;
    if (!node || address === undefined)
      throw new Error(
        `no node has the label framegate.io/tier=${tier}: kubectl label node NAME framegate.io/tier=${tier}`,
      );
    return { name: node.metadata.name, address };
  };
  return { cloud: nodeOf('cloud'), edge: nodeOf('edge') };
}
