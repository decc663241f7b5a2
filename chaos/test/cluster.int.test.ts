import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { carryOut } from '../src/cluster/carry-out.ts';
import { createKubeApi } from '../src/cluster/kube-api.ts';
import { viewOf } from '../src/cluster/prometheus.ts';
import { validateAll } from '../src/cluster/validate-all.ts';
import { durationMs } from '../src/local/inject.ts';
import { readExperiment } from '../src/read-experiment.ts';
import { manifestFor } from '../src/resources/manifest.ts';
import type { FakeCluster } from './fake-cluster.ts';
import { startFakeCluster } from './fake-cluster.ts';

const token = 'sesame';
const place = { namespace: 'trial', suffix: '1' };
const patience = { lookEveryMs: 5, injectMs: 10_000, recoverMs: 10_000, removeMs: 10_000 };
const podChaos = '/apis/chaos-mesh.org/v1alpha1/namespaces/trial/podchaos';

let cluster: FakeCluster;
beforeEach(async () => void (cluster = await startFakeCluster(token)));
afterEach(() => cluster.close());

const access = () => ({ server: new URL(cluster.url), namespace: 'trial', bearerToken: () => token });

function faultOf(experiment: string) {
  const [fault] = readExperiment(experiment).faults;
  if (!fault) throw new Error(`${experiment} has no fault`);
  return fault;
}

function carryOutHere(
  experiment: string,
  {
    signal = new AbortController().signal,
    ...impatient
  }: Partial<typeof patience> & { signal?: AbortSignal },
) {
  const { manifest, resource } = faultOf(experiment);
  const lasts = Math.min(20, durationMs(resource));
  const options = { api: createKubeApi(access()), durationMs: lasts, signal, now: () => 7 };
  return carryOut(manifestFor(manifest, place), { ...options, patience: { ...patience, ...impatient } });
}

describe('a fault on a cluster', () => {
  it('is created word for word in its namespace, in effect, over, and gone', async () => {
    expect(await carryOutHere('uplink-narrowed', {})).toEqual({ fromSeconds: 7, toSeconds: 7 });
    const labels = { 'app.kubernetes.io/part-of': 'framegate', 'app.kubernetes.io/component': 'edge' };
    expect(cluster.created).toEqual([
      {
        apiVersion: 'chaos-mesh.org/v1alpha1',
        kind: 'NetworkChaos',
        metadata: { name: 'narrow-uplink-1', namespace: 'trial' },
        spec: {
          action: 'bandwidth',
          mode: 'all',
          duration: '40s',
          direction: 'to',
          bandwidth: { rate: '20kbps', limit: 40_000, buffer: 10_000 },
          selector: { namespaces: ['trial'], labelSelectors: labels },
        },
      },
    ]);
    expect(cluster.chaos.size).toBe(0);
    expect(cluster.requests.map((line) => line.split(' ')[0])).toEqual([
      'POST',
      'GET',
      'GET',
      'DELETE',
      'GET',
    ]);
  });

  it('that is over at once is not waited for to recover, which a killed pod never does', async () => {
    cluster.behaviour.conditions = ['AllInjected'];
    await carryOutHere('inference-killed', { recoverMs: 0 });
    expect(cluster.chaos.size).toBe(0);
  });

  it('that never takes effect, or never ends, is told with what Chaos Mesh says, and deleted', async () => {
    cluster.behaviour.conditions = ['AllInjected'];
    await expect(carryOutHere('uplink-narrowed', { recoverMs: 20 })).rejects.toThrow(
      'NetworkChaos narrow-uplink-1: not AllRecovered within 0.02 s: AllInjected True; AllRecovered False',
    );
    cluster.behaviour.conditions = [];
    await expect(carryOutHere('inference-killed', { injectMs: 20 })).rejects.toThrow(/not AllInjected/);
    expect(cluster.created).toHaveLength(2);
    expect(cluster.chaos.size).toBe(0);
  });

  it('that neither takes effect nor goes away is told with both reasons', async () => {
    cluster.behaviour.conditions = [];
    cluster.behaviour.keeps = true;
    await expect(carryOutHere('uplink-narrowed', { injectMs: 20, removeMs: 20 })).rejects.toThrow(
      /not AllInjected within 0\.02 s: .*; NetworkChaos narrow-uplink-1 is still there 0\.02 s after it was deleted/,
    );
  });

  it('is deleted when it is interrupted', async () => {
    const stop = new AbortController();
    cluster.behaviour.conditions = [];
    const carrying = carryOutHere('inference-killed', { signal: stop.signal });
    void vi.waitUntil(() => cluster.chaos.size === 1).then(() => stop.abort());
    await expect(carrying).rejects.toThrow(/aborted/);
    expect(cluster.created).toHaveLength(1);
    expect(cluster.chaos.size).toBe(0);
  });

  it('that may not be created is told with the rights that are missing', async () => {
    cluster.behaviour.forbids = true;
    await expect(carryOutHere('inference-killed', {})).rejects.toThrow(
      /forbids POST .*podchaos: user "ann" cannot create.* needs get, create and delete on chaos-mesh\.org/,
    );
    expect(cluster.requests).toEqual([`POST ${podChaos}`]);
  });
});

it('all resources are held against the definitions of the cluster, and none is created', async () => {
  expect(await validateAll(access(), 'trial')).toMatchObject({ refused: [] });
  cluster.behaviour.finds = { kind: 'DNSChaos', wrong: 'unknown field "spec.pattern"' };
  const { refused, valid } = await validateAll(access(), 'trial');
  expect(valid).toBeGreaterThan(20);
  expect(refused).toEqual([expect.stringMatching(/^names-lost: .*dnschaos.*unknown field "spec\.pattern"/)]);
  expect(cluster.created).toEqual([]);
}, 60_000);

describe('Prometheus', () => {
  let server: Server;
  let asked: string[];
  let answers: unknown;
  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      asked.push(new URL(request.url ?? '', 'http://x').searchParams.get('query') ?? '');
      response.end(JSON.stringify(answers));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => void server.close());
  const view = () => {
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    return viewOf(new URL(`http://127.0.0.1:${port}`), 'north', 29.5, new Date(0));
  };
  const vector = (...values: string[]) => ({
    status: 'success',
    data: { resultType: 'vector', result: values.map((value) => ({ metric: {}, value: [0, value] })) },
  });

  it('is asked for what was on time and spooled in the seconds of the experiment', async () => {
    answers = vector('0.5');
    expect(await view()).toEqual({ onTimeShare: 0.5, mostSpooled: 0.5 });
    const ratio = 'framegate_result_objective_ratio';
    const site = 'site="north"';
    expect(asked.toSorted()).toEqual([
      `max_over_time(sum(framegate_edge_spool_frames{${site}})[30s:5s])`,
      `sum(increase(${ratio}_bucket{${site},le="1"}[30s])) / sum(increase(${ratio}_count{${site}}[30s]))`,
    ]);
  });

  it('that has no samples measured nothing, and one that answers anything else is told', async () => {
    answers = vector();
    expect(await view()).toEqual({ onTimeShare: null, mostSpooled: null });
    answers = vector('NaN');
    expect(await view()).toEqual({ onTimeShare: null, mostSpooled: null });
    answers = { status: 'error', error: 'bad query' };
    await expect(view()).rejects.toThrow(/Prometheus at 127\.0\.0\.1:\d+ answered 200 to .* and no vector/);
  });
});

describe('chaos apply', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'framegate-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** As it is typed in a shell. */
  async function apply(experiment: string, ...more: string[]): Promise<{ code: unknown; said: string }> {
    const kubeconfig = join(folder, 'config');
    const config = {
      contexts: [{ name: 'here', context: { cluster: 'c', user: 'ann', namespace: 'trial' } }],
      clusters: [{ name: 'c', cluster: { server: cluster.url } }],
      users: [{ name: 'ann', user: { token } }],
    };
    writeFileSync(kubeconfig, JSON.stringify(config));
    const main = join(import.meta.dirname, '..', 'src', 'main.ts');
    const args = [
      main,
      'apply',
      experiment,
      '--context',
      'here',
      '--kubeconfig',
      kubeconfig,
      '--out',
      folder,
    ];
    const child = spawn(process.execPath, [...args, ...more], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
    const [code] = await once(child, 'close');
    return { code, said };
  }

  it('refuses by name what a cluster can not do or show, before it asks it anything', async () => {
    const { code, said } = await apply('inference-frozen');
    expect(said).toMatch(/PhysicalMachineChaos freeze-inference: .*no signal to a pod/);
    expect(code).toBe(2);
    expect((await apply('overload')).said).toMatch(/load: more cameras are processes of this machine/);
    expect(cluster.requests).toEqual([]);
  }, 180_000);

  it('says how to install Chaos Mesh where there is none', async () => {
    cluster.behaviour.hasChaosMesh = false;
    const { code, said } = await apply('inference-killed');
    expect(said).toMatch(/has no Chaos Mesh\. To install it: helm install chaos-mesh/);
    expect(code).toBe(2);
  }, 180_000);

  it('names every kind of pod that is missing, and creates nothing', async () => {
    cluster.behaviour.components = ['inference'];
    const { code, said } = await apply('controllers-killed');
    expect(said).toMatch(/PodChaos kill-controller: no pod of the namespace trial has the labels/);
    expect(said).toMatch(/2 of controller are wanted in the namespace trial, there are 0/);
    expect(said).toMatch(/has 0 edges/);
    expect(code).toBe(2);
    expect(cluster.created).toEqual([]);
  }, 180_000);

  it('has the cluster check the resource first, and names the contexts and the file that it looked for', async () => {
    cluster.behaviour.finds = { kind: 'PodChaos', wrong: 'spec.mode: unsupported value' };
    expect((await apply('inference-killed')).said).toMatch(/podchaos.*spec\.mode: unsupported value/);
    expect((await apply('inference-killed', '--context', 'there')).said).toMatch(
      /"there" is none of its contexts; they are: here/,
    );
    expect((await apply('inference-killed', '--kubeconfig', '/none')).said).toMatch(/\/none/);
  }, 180_000);
});
