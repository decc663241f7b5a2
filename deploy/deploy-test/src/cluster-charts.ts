import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterNode, Machines } from './cluster.ts';
import { runCommand } from './run-command.ts';
import type { Transcript } from './transcript.ts';

export const namespace = 'framegate-trial';
export const site = 'north';
/** The user that may read and write everything. */
export const readsAs = 'framegate-cloud';
const images = ['motion-detection', 'inference', 'controller', 'console', 'topics', 'load'].map(
  (name) => `framegate/${name}:0.1.0`,
);
const others = ['apache/kafka:4.3.1', 'redis:7-bookworm'];
const siteFile = `schema: framegate.site/1
site: ${site}
defaults: { model: street-nano, classes: [person, car] }
cameras:
  - { id: street, source: 'scene:street' }
  - { id: plaza, source: 'scene:plaza' }
`;

/** Both charts on a cluster of two nodes, in a namespace of the trial's own. */
export interface Trial {
  readonly root: string;
  readonly helm: string;
  readonly folder: string;
  readonly cloud: ClusterNode;
  readonly edge: ClusterNode;
  readonly machines: Machines | undefined;
  readonly transcript: Transcript;
}

export const kubectl = (...args: string[]): Promise<string> =>
  runCommand('kubectl', ['--namespace', namespace, ...args]);

export async function prepare(
  { root, folder, cloud, machines, transcript }: Trial,
  hasImages: boolean,
): Promise<void> {
  if (hasImages) transcript.step('the nodes are said to have the images');
  else if (machines) {
    await machines.load([...images, ...others]);
    transcript.step('the nodes have the images');
  } else transcript.step('not run: loading images (no FRAMEGATE_CLUSTER_TOOL); they must be there');
  await runCommand('kubectl', ['delete', 'namespace', namespace, '--ignore-not-found', '--wait']);
  await runCommand('kubectl', ['create', 'namespace', namespace]);
  await runCommand('kubectl', [
    'label',
    'namespace',
    namespace,
    'pod-security.kubernetes.io/enforce=restricted',
  ]);
  const hosts = `fg-kafka.${namespace}.svc.cluster.local ${cloud.address}`;
  await runCommand('bash', [join(root, 'deploy/trial-ca.sh'), folder, hosts, site]);
  const secret = (name: string, from: string) =>
    kubectl('create', 'secret', 'generic', name, `--from-file=${join(folder, from)}`);
  await secret('framegate-kafka-tls', 'tls');
  await secret('framegate-kafka-users', 'users');
  await secret('framegate-kafka', `sites/${site}`);
  await writeFile(join(folder, 'site.yaml'), siteFile);
}

const ours = [
  '--set',
  'image.registry=framegate',
  '--set',
  'image.tag=0.1.0',
  '--set',
  'image.pullPolicy=Never',
];

export async function installCloud(trial: Trial, more: readonly string[]): Promise<void> {
  const placed = ['--set-string', `nodeSelector.kubernetes\\.io/hostname=${trial.cloud.name}`];
  const values = [
    '--set',
    `sites={${site}},kafka.tls.enabled=true,kafka.trial.advertisedHost=${trial.cloud.address}`,
  ];
  await upgrade(trial, 'fg', 'framegate-cloud', [...placed, ...values, ...more]);
}

export async function installEdge(trial: Trial): Promise<void> {
  const placed = ['--set-string', `nodeSelector.kubernetes\\.io/hostname=${trial.edge.name}`];
  const broker = ['--set', `kafka.brokers={${trial.cloud.address}:30094},kafka.sasl.username=${site}`];
  const ofSite = [
    '--set',
    `site.name=${site},storage.size=1Gi,spool.mib=512,loop=true`,
    '--set-file',
    `site.file=${join(trial.folder, 'site.yaml')}`,
  ];
  await upgrade(trial, 'site', 'framegate-edge', [...placed, ...broker, ...ofSite]);
}

async function upgrade(
  { root, helm }: Trial,
  release: string,
  chart: string,
  values: readonly string[],
): Promise<void> {
  const options = ['--namespace', namespace, '--wait', '--timeout', '5m', ...ours, ...values];
  await runCommand(helm, ['upgrade', '--install', release, join(root, 'deploy/helm', chart), ...options]);
}

export async function helmTest({ helm }: Trial, release: string): Promise<void> {
  await runCommand(helm, ['test', release, '--namespace', namespace, '--timeout', '3m']);
}

export async function connectionOf({ folder, cloud }: Trial) {
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  return {
    brokers: [`${cloud.address}:30094`],
    ssl: { ca: await read('ca.crt') },
    sasl: {
      mechanism: 'scram-sha-512',
      username: readsAs,
      password: await read(`users/${readsAs}`),
    },
  } as const;
}
