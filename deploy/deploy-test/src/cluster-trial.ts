import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Trial } from './cluster-charts.ts';
import {
  connectionOf,
  helmTest,
  installCloud,
  installEdge,
  kubectl,
  namespace,
  prepare,
  site,
} from './cluster-charts.ts';
import { sendLoad } from './cluster-load.ts';
import { scaleByController } from './cluster-scaling.ts';
import { findMachines, findNodes } from './cluster.ts';
import { reportLedger } from './ledger-lines.ts';
import { type PipelineWatch, until, watchPipeline } from './pipeline-watch.ts';
import { runCommand } from './run-command.ts';
import { seconds, type Transcript } from './transcript.ts';

const cameras = [`${site}/street`, `${site}/plaza`];
const cutMs = 60_000;

/** Installs both charts on a cluster of two nodes, disturbs what runs, upgrades it, and takes it away again. */
export async function tryCluster(
  root: string,
  { helm, hasImages }: { readonly helm: string; readonly hasImages: boolean },
  transcript: Transcript,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'framegate-cluster-'));
  const machines = findMachines(root, process.env);
  const trial: Trial = { root, helm, folder, machines, transcript, ...(await findNodes()) };
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
      await helmTest(trial, 'fg');
      await helmTest(trial, 'site');
      transcript.step('helm test of both charts: passed');
      await reportUse(transcript);
      await disturb(trial, watch);
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
    transcript.step(`failed; what the pods say:\n${await whatPodsSay()}`);
    throw error;
  } finally {
    await machines?.link(trial.edge.name, 'up').catch(() => {});
    await runCommand('kubectl', ['delete', 'namespace', namespace, '--wait=false', '--ignore-not-found']);
    await rm(folder, { recursive: true, force: true });
  }
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
