import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ConfigError } from '@framegate/service-kit';
import { formatMistake, parseYaml, readTextFile } from '@framegate/yaml-file';
import { z } from 'zod';
import type { Cluster } from './cluster.ts';

const kubeconfigSchema = z.looseObject({
  'current-context': z.string().min(1, 'expected the name of a context'),
  contexts: z.array(
    z.looseObject({
      name: z.string(),
      context: z.looseObject({ cluster: z.string(), user: z.string(), namespace: z.string().optional() }),
    }),
  ),
  clusters: z.array(
    z.looseObject({
      name: z.string(),
      cluster: z.looseObject({
        server: z.url({ protocol: /^https?$/, error: 'expected http://… or https://…' }),
        'certificate-authority': z.string().optional(),
        'certificate-authority-data': z.base64().optional(),
        'insecure-skip-tls-verify': z
          .boolean()
          .refine((isSkipped) => !isSkipped, 'is not supported: name the certificate-authority')
          .optional(),
      }),
    }),
  ),
  users: z.array(
    z.looseObject({
      name: z.string(),
      user: z.looseObject({
        token: z.string().optional(),
        tokenFile: z.string().optional(),
        'client-certificate': z.string().optional(),
        'client-certificate-data': z.base64().optional(),
        'client-key': z.string().optional(),
        'client-key-data': z.base64().optional(),
      }),
    }),
  ),
});

/** Where a context is named, there need not be a current one. */
const namedContextSchema = kubeconfigSchema.extend({ 'current-context': z.string().optional() });

/** A context of a kubeconfig, by default its current one. @throws ConfigError with every mistake */
export function readKubeconfig(file: string, contextName?: string): Cluster {
  const text = readTextFile(file, 'kubeconfig');
  const schema = contextName === undefined ? kubeconfigSchema : namedContextSchema;
  const parsed = parseYaml(text, file, { schema, namedLists: {}, check: () => [] }, {});
  if ('mistakes' in parsed) throw new ConfigError(parsed.mistakes.map(formatMistake));
  return clusterOf(parsed.value, file, contextName);
}

function clusterOf(
  config: z.output<typeof namedContextSchema>,
  file: string,
  current = config['current-context'] ?? '',
): Cluster {
  const context = config.contexts.find(({ name }) => name === current)?.context;
  if (!context) {
    const names = config.contexts.map(({ name }) => name).join(', ');
    throw new ConfigError([`${file}: "${current}" is none of its contexts; they are: ${names || 'none'}`]);
  }
  const cluster = config.clusters.find(({ name }) => name === context.cluster)?.cluster;
  const user = config.users.find(({ name }) => name === context.user)?.user;
  const missing = [
    ...(cluster
      ? []
      : [`${file}: the context "${current}" names the cluster "${context.cluster}", which is absent`]),
    ...(user ? [] : [`${file}: the context "${current}" names the user "${context.user}", which is absent`]),
  ];
  if (!cluster || !user) throw new ConfigError(missing);
  const read = createReader(file);
  const certificate = read(user['client-certificate-data'], user['client-certificate']);
  const key = read(user['client-key-data'], user['client-key']);
  const { token, tokenFile } = user;
  const bearerToken =
    tokenFile === undefined ? token && (() => token) : () => read(undefined, tokenFile) ?? '';
  if (!bearerToken && !(certificate && key))
    throw new ConfigError([
      `${file}: the user "${context.user}" has neither a token nor a client certificate with its key; programs that fetch one (exec) are not run`,
    ]);
  return {
    server: new URL(cluster.server),
    namespace: context.namespace ?? 'default',
    ca: read(cluster['certificate-authority-data'], cluster['certificate-authority']),
    ...(certificate && key && { clientCertificate: { certificate, key } }),
    ...(bearerToken && { bearerToken }),
  };
}

/** What stands in the file itself as base64, or in a file that it names relative to its own folder. */
function createReader(file: string) {
  return (data: string | undefined, path: string | undefined): string | undefined => {
    if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8');
    return path === undefined ? undefined : readFileSync(resolve(dirname(file), path), 'utf8').trim();
  };
}
