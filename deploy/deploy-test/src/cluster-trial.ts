import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Trial } from './cluster-charts.ts';
import { clustersOf, connectionOf, installCloud, installEdge, prepare, site } from './cluster-charts.ts';
import { applyExperiments } from './cluster-experiments.ts';
import { sendLoad } from './cluster-load.ts';
import { scaleByController } from './cluster-scaling.ts';
import { type Cluster, findMachines, findNode, namespace, openCluster } from './cluster.ts';
import { reportLedger } from './ledger-lines.ts';
import { type PipelineWatch, until, watchPipeline } from './pipeline-watch.ts';
import { seconds, type Transcript } from './transcript.ts';

const cameras = [`${site}/street`, `${site}/plaza`];
const cutMs = 60_000;

export interface ClusterTrialOptions {
  readonly helm: string;
  readonly hasImages: boolean;
  /** Of the site's own cluster; otherwise site and cloud are two nodes of one. */
  readonly siteKubeconfig?: string | undefined;
  /** Fault experiments that the cluster's Chaos Mesh carries out; site and cloud must be in one cluster for them. */
  readonly experiments?: readonly string[] | undefined;
}

/** Installs both charts, disturbs what runs, upgrades it, and takes it away again. */
export async function tryCluster(
  root: string,
  { helm, hasImages, siteKubeconfig, experiments = [] }: ClusterTrialOptions,
  transcript: Transcript,
): Promise<void> {
  if (siteKubeconfig !== undefined && experiments.length > 0)
    throw new Error('--experiments needs site and cloud in one cluster: leave out --site-kubeconfig');
  const { FRAMEGATE_CLUSTER_TOOL: tool, FRAMEGATE_SITE_CLUSTER_TOOL: siteTool } = process.env;
  const both = openCluster({ helm, machines: findMachines(root, tool) });
  const ofSite =
    siteKubeconfig === undefined
      ? both
      : openCluster({ helm, kubeconfig: siteKubeconfig, machines: findMachines(root, siteTool) });
  const folder = await mkdtemp(join(tmpdir(), 'framegate-cluster-'));
  const trial: Trial = {
    root,
    folder,
    transcript,
    cloud: { cluster: both, node: await findNode(both, 'cloud') },
    edge: { cluster: ofSite, node: await findNode(ofSite, 'edge') },
  };
  const { kubectl } = ofSite;
  let broken: readonly string[] = [];
  try {
    await prepare(trial, hasImages);
    const beganAtMs = Date.now();
    await installCloud(trial, []);
    transcript.step('helm install framegate-cloud --wait: all pods are ready, within "restricted"');
    await installEdge(trial);
    transcript.step('helm install framegate-edge --wait: all pods are ready, within "restricted"');
    const watch = await watchPipeline(await connectionOf(trial));
    try {
      await watch.moreFrom(cameras, 1);
      transcript.figure(
        'from `helm install` to a detection of each camera',
        seconds(watch.allDetectedAtMs(cameras) - beganAtMs),
      );
      await both.helm('test', 'fg', '--timeout', '3m');
      await ofSite.helm('test', 'site', '--timeout', '3m');
      transcript.step('helm test of both charts: passed');
      for (const cluster of clustersOf(trial)) await reportUse(cluster, transcript);
      await disturb(trial, watch);
      broken = await applyExperiments(trial, experiments);
      await sendLoad(trial);
      await scaleByController(trial, watch, cameras);
      await kubectl('scale', 'statefulset/site-edge', '--replicas=0');
      await kubectl('wait', '--for=delete', 'pod/site-edge-0', '--timeout=60s');
      await reportLedger(await watch.settledAudit(), transcript);
    } finally {
      await watch.close();
    }
    await uninstall(trial);
    transcript.step('helm uninstall of both charts: nothing is left');
  } catch (error) {
    transcript.step(
      `failed; what the pods say:\n${(await Promise.all(clustersOf(trial).map(whatPodsSay))).join('\n')}`,
    );
    throw error;
  } finally {
    await ofSite.machines?.link(trial.edge.node.name, 'up').catch(() => {});
    for (const cluster of clustersOf(trial))
      await cluster.admin('delete', 'namespace', namespace, '--wait=false', '--ignore-not-found');
    await rm(folder, { recursive: true, force: true });
  }
  if (broken.length > 0) throw new Error(`experiments that do not hold: ${broken.join(', ')}`);
}

async function disturb({ cloud, edge, transcript }: Trial, watch: PipelineWatch): Promise<void> {
  const selected = ['--selector', 'app.kubernetes.io/component=inference'];
  await cloud.cluster.kubectl('delete', 'pod', ...selected, '--grace-period=0', '--force');
  await watch.moreFrom(cameras, 2);
  transcript.step('pod of the inference killed: detections go on');
  const { machines } = edge.cluster;
  const { name } = edge.node;
  if (!machines) return transcript.step('not run: cut link, power-off (no FRAMEGATE_CLUSTER_TOOL)');
  await machines.link(name, 'down');
  await delay(cutMs);
  await machines.link(name, 'up');
  const healedMs = performance.now();
  await watch.moreFrom(cameras, 1);
  transcript.figure(
    'from the end of a cut of 60 s to a detection of each camera',
    seconds(performance.now() - healedMs),
  );
  await machines.power(name, 'off');
  await delay(5000);
  await machines.power(name, 'on');
  const onMs = performance.now();
  await watch.moreFrom(cameras, 1, 300_000);
  transcript.figure('from power on to a detection of each camera', seconds(performance.now() - onMs));
}

/** By metrics-server, where the cluster has one. */
async function reportUse({ kubectl }: Cluster, transcript: Transcript): Promise<void> {
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

async function uninstall(trial: Trial): Promise<void> {
  await trial.edge.cluster.helm('uninstall', 'site', '--wait');
  await trial.cloud.cluster.helm('uninstall', 'fg', '--wait');
  for (const cluster of clustersOf(trial)) await nothingIsLeft(cluster);
}

async function nothingIsLeft({ kubectl }: Cluster): Promise<void> {
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

async function whatPodsSay({ kubectl }: Cluster): Promise<string> {
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
