import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '@framegate/service-kit';

/** How an API server of Kubernetes is reached. */
export interface Cluster {
  readonly server: URL;
  /** Where nothing else is said. */
  readonly namespace: string;
  /** PEM of who has signed the server's certificate; absent: those that Node trusts. */
  readonly ca?: string | undefined;
  /** PEM of who asks. */
  readonly clientCertificate?: { readonly certificate: string; readonly key: string } | undefined;
  /** Asked before each request: tokens of service accounts are replaced while a pod runs. */
  readonly bearerToken?: (() => string) | undefined;
}

const serviceAccountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The service account of the pod that this process runs in. @throws ConfigError outside of a pod */
export function inClusterAccess(
  env: Readonly<Record<string, string | undefined>>,
  folder = serviceAccountFolder,
): Cluster {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = env;
  const tokenFile = join(folder, 'token');
  if (host === undefined || host === '' || !existsSync(tokenFile))
    throw new ConfigError([
      `FRAMEGATE_SCALING_OWNER=controller needs the API server of Kubernetes, and this process runs in no pod with a service account (${tokenFile}): set FRAMEGATE_SCALING_KUBECONFIG`,
    ]);
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8').trim();
  return {
    server: new URL(`https://${host.includes(':') ? `[${host}]` : host}:${port}`),
    namespace: existsSync(join(folder, 'namespace')) ? read('namespace') : 'default',
    ...(existsSync(join(folder, 'ca.crt')) && { ca: read('ca.crt') }),
    bearerToken: () => read('token'),
  };
}
