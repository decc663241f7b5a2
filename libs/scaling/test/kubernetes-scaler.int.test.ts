import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createKubernetesScaler,
  inClusterAccess,
  parseScaleTarget,
  readKubeconfig,
  ScalingError,
} from '../src/index.ts';
import type { FakeApiServer } from './api-server-fixture.ts';
import { startFakeApiServer } from './api-server-fixture.ts';
import { describeScalerContract } from './contract-fixture.ts';

const path = '/apis/apps/v1/namespaces/video/deployments/inference/scale';
const target = { kind: 'deployment', name: 'inference' } as const;
let api: FakeApiServer;
let folder: string;

beforeEach(async () => {
  api = await startFakeApiServer(path, 'secret-1');
  folder = mkdtempSync(join(tmpdir(), 'framegate-'));
});
afterEach(async () => {
  await api.close();
  rmSync(folder, { recursive: true });
});

function kubeconfig(user: string, cluster = ''): string {
  const file = join(folder, 'config');
  writeFileSync(
    file,
    `apiVersion: v1
kind: Config
current-context: here
contexts: [{ name: here, context: { cluster: c, user: u, namespace: video } }]
clusters: [{ name: c, cluster: { server: "${api.url}"${cluster} } }]
users: [{ name: u, user: { ${user} } }]
`,
  );
  return file;
}
const scaler = () => createKubernetesScaler(readKubeconfig(kubeconfig('token: secret-1')), target);

describeScalerContract('the scale subresource of Kubernetes', async () => scaler());

describe('the scale subresource', () => {
  it('is changed by a merge patch of nothing but the replicas', async () => {
    await scaler().scale(2);
    expect(api.requests).toEqual([
      {
        method: 'PATCH',
        path,
        contentType: 'application/merge-patch+json',
        authorization: 'Bearer secret-1',
      },
    ]);
  });

  it.each([
    [403, 'REFUSED', 'its role needs get and patch on deployments/scale in the API group apps'],
    [404, 'ABSENT', 'there is no deployment inference in the namespace video'],
    [500, 'FAILED', 'answered 500'],
  ])('that answers %d is told as %s', async (status, code, text) => {
    api.fails = status;
    const failed = await scaler()
      .read()
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ScalingError);
    expect(failed).toMatchObject({ code, message: expect.stringContaining(text) });
    expect(String(failed)).not.toContain('secret-1');
  });

  it('of a server that is away is told as unreachable', async () => {
    const away = scaler();
    await api.close();
    await expect(away.scale(1)).rejects.toMatchObject({ code: 'UNREACHABLE' });
    api = await startFakeApiServer(path, 'secret-1');
  });
});

describe('access to a cluster', () => {
  it('reads the token of the service account before each request, because it is replaced while the pod runs', async () => {
    writeFileSync(join(folder, 'token'), 'secret-0\n');
    writeFileSync(join(folder, 'namespace'), 'video');
    const { hostname, port } = new URL(api.url);
    const env = { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port };
    const inside = inClusterAccess(env, folder);
    expect(inside.server.protocol).toBe('https:');
    const plain = createKubernetesScaler({ ...inside, server: new URL(api.url) }, target);
    await expect(plain.read()).rejects.toMatchObject({ code: 'REFUSED' });
    writeFileSync(join(folder, 'token'), 'secret-1\n');
    expect(await plain.read()).toEqual({ wanted: 0, existing: 0 });
  });

  it('outside of a pod says what to set', () => {
    expect(() => inClusterAccess({}, folder)).toThrow('set FRAMEGATE_SCALING_KUBECONFIG');
  });

  it('by a kubeconfig takes tokens, files beside it and certificates', () => {
    writeFileSync(join(folder, 'token'), 'secret-1\n');
    expect(readKubeconfig(kubeconfig('tokenFile: token')).bearerToken?.()).toBe('secret-1');
    const data = Buffer.from('PEM').toString('base64');
    const secure = kubeconfig(
      `client-certificate-data: ${data}, client-key-data: ${data}`,
      `, certificate-authority-data: ${data}`,
    );
    expect(readKubeconfig(secure)).toMatchObject({
      ca: 'PEM',
      namespace: 'video',
      clientCertificate: { certificate: 'PEM', key: 'PEM' },
    });
  });

  it.each([
    ['exec: { command: aws }', '', 'neither a token nor a client certificate'],
    ['token: secret-1', ', insecure-skip-tls-verify: true', 'name the certificate-authority'],
  ])('by a kubeconfig with { %s%s } is refused', (user, cluster, text) => {
    expect(() => readKubeconfig(kubeconfig(user, cluster))).toThrow(text);
  });
});

describe('what is scaled', () => {
  it.each([
    ['deployment/inference', { kind: 'deployment', name: 'inference' }],
    ['statefulset/a.b-c', { kind: 'statefulset', name: 'a.b-c' }],
    ['inference', undefined],
    ['pod/a', undefined],
    ['deployment/../nodes', undefined],
    ['deployment/', undefined],
  ])('%s', (text, parsed) => {
    expect(parseScaleTarget(text)).toEqual(parsed);
  });
});
