import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { findMachines, findNodes } from './cluster.ts';
import type { ClusterNode, Machines } from './cluster.ts';
import { reportLedger } from './ledger-lines.ts';
import { type PipelineWatch, until, watchPipeline } from './pipeline-watch.ts';
import { runCommand } from './run-command.ts';
import { seconds, type Transcript } from './transcript.ts';

const namespace = 'framegate-trial';
const site = 'north';
const cameras = [`${site}/street`, `${site}/plaza`];
const cutMs = 60_000;
const images = ['motion-detection', 'inference', 'controller', 'console', 'topics'].map(
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

interface Trial {
  readonly root: string;
  readonly helm: string;
  readonly folder: string;
  readonly cloud: ClusterNode;
  readonly edge: ClusterNode;
  readonly machines: Machines | undefined;
  readonly transcript: Transcript;
}

const kubectl = (...args: string[]): Promise<string> =>
  runCommand('kubectl', ['--namespace', namespace, ...args]);

/** Installs both charts on a cluster of two nodes, disturbs what runs, upgrades it, and takes it away again. */
export async function tryCluster(root: string, helm: string, transcript: Transcript): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'framegate-cluster-'));
  const machines = findMachines(root, process.env);
  const trial: Trial = { root, helm, folder, machines, transcript, ...(await findNodes()) };
  try {
    await prepare(trial);
    const beganMs = performance.now();
    await installCloud(trial, []);
    transcript.step('helm install framegate-cloud --wait: all pods are ready, within "restricted"');
    await installEdge(trial);
    transcript.step('helm install framegate-edge --wait: all pods are ready, within "restricted"');
    const watch = await watchPipeline(await connectionOf(trial));
    try {
      await watch.moreFrom(cameras, 1);
      transcript.figure(
        'from `helm install` to a detection of each camera',
        seconds(performance.now() - beganMs),
      );
      await helmTest(trial, 'fg');
      await helmTest(trial, 'site');
      transcript.step('helm test of both charts: passed');
      await disturb(trial, watch);
      await installCloud(trial, ['--set', 'logLevel=debug,partitions=16']);
      await watch.moreFrom(cameras, 2);
      transcript.step('helm upgrade with 16 partitions instead of 12: detections go on');
      await reportUse(transcript);
      await kubectl('scale', 'statefulset/site-edge', '--replicas=0');
      await kubectl('wait', '--for=delete', 'pod/site-edge-0', '--timeout=60s');
      await reportLedger(await watch.settledAudit(), transcript);
    } finally {
      await watch.close();
    }
    await uninstall(trial);
    transcript.step('helm uninstall of both charts: nothing is left');
  } catch (error) {
    transcript.step(`failed; what the pods say:\n${await whatPodsSay()}`);
    throw error;
  } finally {
    await machines?.link(trial.edge.name, 'up').catch(() => {});
    await runCommand('kubectl', ['delete', 'namespace', namespace, '--wait=false', '--ignore-not-found']);
    await rm(folder, { recursive: true, force: true });
  }
}

async function prepare({ root, folder, cloud, machines, transcript }: Trial): Promise<void> {
  if (machines) await machines.load([...images, ...others]);
  transcript.step(
    machines
      ? 'the nodes have the images'
      : 'not run: loading images (no FRAMEGATE_CLUSTER_TOOL); they must be there',
  );
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

async function installCloud(trial: Trial, more: readonly string[]): Promise<void> {
  const placed = ['--set-string', `nodeSelector.kubernetes\\.io/hostname=${trial.cloud.name}`];
  const values = [
    '--set',
    `sites={${site}},kafka.tls.enabled=true,kafka.trial.advertisedHost=${trial.cloud.address}`,
  ];
  await upgrade(trial, 'fg', 'framegate-cloud', [...placed, ...values, ...more]);
}

async function installEdge(trial: Trial): Promise<void> {
  const placed = ['--set-string', `nodeSelector.kubernetes\\.io/hostname=${trial.edge.name}`];
  const broker = ['--set', `kafka.brokers={${trial.cloud.address}:30094},kafka.sasl.username=${site}`];
  const ofSite = [
    '--set',
    `site.name=${site},storage.size=1Gi,spool.mib=512`,
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

async function helmTest({ helm }: Trial, release: string): Promise<void> {
  await runCommand(helm, ['test', release, '--namespace', namespace, '--timeout', '3m']);
}

async function connectionOf({ folder, cloud }: Trial) {
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  return {
    brokers: [`${cloud.address}:30094`],
    ssl: { ca: await read('ca.crt') },
    sasl: {
      mechanism: 'scram-sha-512',
      username: 'framegate-cloud',
      password: await read('users/framegate-cloud'),
    },
  } as const;
}

async function disturb({ edge, machines, transcript }: Trial, watch: PipelineWatch): Promise<void> {
  await kubectl(
    'delete',
    'pod',
    '--selector',
    'app.kubernetes.io/component=inference',
    '--grace-period=0',
    '--force',
  );
  await watch.moreFrom(cameras, 2);
  transcript.step('pod of the inference killed: detections go on');
  if (!machines) return transcript.step('not run: cut link, power-off (no FRAMEGATE_CLUSTER_TOOL)');
  await machines.link(edge.name, 'down');
  await delay(cutMs);
  await machines.link(edge.name, 'up');
  const healedMs = performance.now();
  await watch.moreFrom(cameras, 1);
  transcript.figure(
    'from the end of a cut of 60 s to a detection of each camera',
    seconds(performance.now() - healedMs),
  );
  await machines.power(edge.name, 'off');
  await delay(5000);
  await machines.power(edge.name, 'on');
  const onMs = performance.now();
  await watch.moreFrom(cameras, 1, 300_000);
  transcript.figure('from power on to a detection of each camera', seconds(performance.now() - onMs));
}

/** By metrics-server, where the cluster has one. */
async function reportUse(transcript: Transcript): Promise<void> {
  const top = await kubectl('top', 'pods', '--no-headers').catch(() => '');
  if (top === '') return transcript.step('not run: memory and CPU of each pod (no metrics-server answers)');
  for (const line of top.trim().split('\n')) {
    const [pod = '', cpu = '', memory = ''] = line.split(/\s+/);
    transcript.figure(pod, `${memory} of memory, ${cpu} of CPU`);
  }
}

const listSchema = z.object({
  items: z.array(z.object({ kind: z.string(), metadata: z.object({ name: z.string() }) })),
});

async function uninstall({ helm }: Trial): Promise<void> {
  for (const release of ['site', 'fg'])
    await runCommand(helm, ['uninstall', release, '--namespace', namespace, '--wait']);
  const kinds =
    'all,pvc,configmap,secret,serviceaccount,role,rolebinding,networkpolicy,poddisruptionbudget,hpa';
  let left: string[] = [];
  await until(
    async () => {
      const { items } = listSchema.parse(
        JSON.parse(
          await kubectl(
            'get',
            kinds,
            '--selector',
            'app.kubernetes.io/part-of=framegate',
            '--output',
            'json',
          ),
        ),
      );
      left = items.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
      return left.length === 0;
    },
    60_000,
    () => `still there: ${left.join(', ')}`,
  );
}

async function whatPodsSay(): Promise<string> {
  const parts = await Promise.all([
    kubectl('get', 'pods', '--output', 'wide').catch(String),
    kubectl('get', 'events', '--field-selector', 'type=Warning', '--sort-by', '.lastTimestamp').catch(String),
    kubectl(
      'logs',
      '--selector',
      'app.kubernetes.io/part-of=framegate',
      '--tail',
      '6',
      '--prefix',
      '--max-log-requests',
      '20',
    ).catch(String),
  ]);
  return parts.map((part) => part.slice(-6000)).join('\n');
}
