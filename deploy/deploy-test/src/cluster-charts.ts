import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cluster, type ClusterNode, namespace } from './cluster.ts';
import { runCommand } from './run-command.ts';
import type { Transcript } from './transcript.ts';

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

/** Where one of the charts is installed. */
interface Place {
  readonly cluster: Cluster;
  readonly node: ClusterNode;
}

/** Both charts, on two nodes of one cluster or on a cluster each. */
export interface Trial {
  readonly root: string;
  readonly folder: string;
  readonly cloud: Place;
  readonly edge: Place;
  readonly transcript: Transcript;
}

/** One, or that of the cloud and that of the site. */
export function clustersOf({ cloud, edge }: Trial): readonly Cluster[] {
  return [...new Set([cloud.cluster, edge.cluster])];
}

export async function prepare(trial: Trial, hasImages: boolean): Promise<void> {
  const { root, folder, cloud, edge, transcript } = trial;
  for (const cluster of clustersOf(trial)) {
    await loadImages(cluster, hasImages, transcript);
    await cluster.admin('delete', 'namespace', namespace, '--ignore-not-found', '--wait');
    await cluster.admin('create', 'namespace', namespace);
    await cluster.admin('label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted');
  }
  const hosts = `fg-kafka.${namespace}.svc.cluster.local ${cloud.node.address}`;
  await runCommand('bash', [join(root, 'deploy/trial-ca.sh'), folder, hosts, site]);
  const secret = ({ cluster }: Place, name: string, from: string) =>
    cluster.kubectl('create', 'secret', 'generic', name, `--from-file=${join(folder, from)}`);
  await secret(cloud, 'framegate-kafka-tls', 'tls');
  await secret(cloud, 'framegate-kafka-users', 'users');
  await secret(edge, 'framegate-kafka', `sites/${site}`);
  await writeFile(join(folder, 'site.yaml'), siteFile);
}

async function loadImages({ machines }: Cluster, hasImages: boolean, transcript: Transcript): Promise<void> {
  if (hasImages) return transcript.step('the nodes are said to have the images');
  if (!machines)
    return transcript.step('not run: loading images (no FRAMEGATE_CLUSTER_TOOL); they must be there');
  await machines.load([...images, ...others]);
  transcript.step('the nodes have the images');
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
  const placed = ['--set-string', `nodeSelector.kubernetes\\.io/hostname=${trial.cloud.node.name}`];
  const values = [
    '--set',
    `sites={${site}},kafka.tls.enabled=true,kafka.trial.advertisedHost=${trial.cloud.node.address}`,
  ];
  await upgrade(trial.cloud, trial.root, { release: 'fg', chart: 'framegate-cloud' }, [
    ...placed,
    ...values,
    ...more,
  ]);
}

export async function installEdge(trial: Trial): Promise<void> {
  const placed = ['--set-string', `nodeSelector.kubernetes\\.io/hostname=${trial.edge.node.name}`];
  const broker = ['--set', `kafka.brokers={${trial.cloud.node.address}:30094},kafka.sasl.username=${site}`];
  const ofSite = [
    '--set',
    `site.name=${site},storage.size=1Gi,spool.mib=512,loop=true`,
    '--set-file',
    `site.file=${join(trial.folder, 'site.yaml')}`,
  ];
  await upgrade(trial.edge, trial.root, { release: 'site', chart: 'framegate-edge' }, [
    ...placed,
    ...broker,
    ...ofSite,
  ]);
}

async function upgrade(
  { cluster }: Place,
  root: string,
  { release, chart }: { readonly release: string; readonly chart: string },
  values: readonly string[],
): Promise<void> {
  const options = ['--wait', '--timeout', '5m', ...ours, ...values];
  await cluster.helm('upgrade', '--install', release, join(root, 'deploy/helm', chart), ...options);
}

export async function connectionOf({ folder, cloud }: Trial) {
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  return {
    brokers: [`${cloud.node.address}:30094`],
    ssl: { ca: await read('ca.crt') },
    sasl: {
      mechanism: 'scram-sha-512',
      username: readsAs,
      password: await read(`users/${readsAs}`),
    },
  } as const;
}
