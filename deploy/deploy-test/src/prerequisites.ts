import { findHelm } from './helm-program.ts';
import { succeeds } from './run-command.ts';

/** What is missing for a trial on a Docker engine, and what to do; undefined where nothing is. */
export async function missingEngine(): Promise<string | undefined> {
  if ((await succeeds('docker', 'info')) && (await succeeds('docker', 'compose', 'version')))
    return undefined;
  return 'no Docker engine with compose answers here: start one, and give this user access to it';
}

/** The same for a trial on a cluster. */
export async function missingCluster(): Promise<string | undefined> {
  if (findHelm(process.env) === undefined)
    return 'helm is missing: install it, or set FRAMEGATE_HELM to its path';
  if (await succeeds('kubectl', 'get', 'nodes', '--request-timeout=10s')) return undefined;
  return 'kubectl reaches no cluster: set KUBECONFIG to one with nodes framegate.io/tier=cloud and =edge';
}
