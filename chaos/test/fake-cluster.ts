import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import { z } from 'zod';

const objectSchema = z.looseObject({ kind: z.string(), metadata: z.looseObject({ name: z.string() }) });
type Created = z.output<typeof objectSchema>;

/** As much of an API server as experiments ask: Chaos Mesh's resources, pods by label, StatefulSets. */
export interface FakeCluster {
  readonly url: string;
  /** `METHOD /path`, in order. */
  readonly requests: string[];
  /** All that was ever created, as it was sent; dry runs are not among it. */
  readonly created: Created[];
  /** What is there now. */
  readonly chaos: ReadonlyMap<string, Created>;
  /** How it behaves. */
  readonly behaviour: Behaviour;
  close(): Promise<void>;
}

interface Behaviour {
  hasChaosMesh: boolean;
  /** Answers 403 to what creates. */
  forbids: boolean;
  /** What is deleted stays, as long as its finalizer waits. */
  keeps: boolean;
  /** Conditions that become true. */
  conditions: readonly ('AllInjected' | 'AllRecovered')[];
  /** Answers 422 to a dry run of this kind. */
  finds: { readonly kind: string; readonly wrong: string } | undefined;
  /** Labels of which there is a pod. */
  components: readonly string[];
  /** Does what was asked of the StatefulSet. */
  scale: (replicas: number) => Promise<void>;
  /** Does what a resource says. */
  inject: (resource: Created) => Promise<void>;
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

const scaleSchema = z.object({ spec: z.object({ replicas: z.int() }) });
const kinds = ['PodChaos', 'NetworkChaos', 'StressChaos', 'TimeChaos', 'IOChaos', 'DNSChaos'];

export async function startFakeCluster(token: string): Promise<FakeCluster> {
  const chaos = new Map<string, Created>();
  const created: Created[] = [];
  const requests: string[] = [];
  const behaviour: Behaviour = {
    hasChaosMesh: true,
    forbids: false,
    keeps: false,
    conditions: ['AllInjected', 'AllRecovered'],
    finds: undefined,
    components: ['inference', 'controller', 'kafka', 'edge', 'redis'],
    scale: async () => {},
    inject: async () => {},
  };
  let replicas = 1;
  const spec = { containers: [{ env: [{ name: 'KAFKA_BROKERS', value: 'broker.example.org:9094' }] }] };

  const answer = async ({ method, path, query, body }: Asked): Promise<[number, unknown]> => {
    if (path === '/apis/chaos-mesh.org/v1alpha1')
      return behaviour.hasChaosMesh ? [200, { resources: kinds.map((kind) => ({ kind })) }] : [404, {}];
    if (path.startsWith('/apis/chaos-mesh.org/')) return ofChaos({ method, path, query, body });
    if (path.endsWith('/statefulsets/site-edge/scale')) {
      if (method === 'PATCH') {
        replicas = scaleSchema.parse(JSON.parse(body)).spec.replicas;
        await behaviour.scale(replicas);
      }
      return [200, { spec: { replicas }, status: { replicas } }];
    }
    if (!path.endsWith('/pods') && !path.endsWith('/statefulsets')) return [404, {}];
    const labels = query.get('labelSelector') ?? '';
    const found = behaviour.components.filter((component) => labels.endsWith(`component=${component}`));
    return [200, { items: found.map((name) => ({ metadata: { name: `site-${name}` }, spec })) }];
  };
  const ofChaos = async ({ method, path, query, body }: Asked): Promise<[number, unknown]> => {
    if (method === 'POST') {
      if (behaviour.forbids) return [403, { message: 'user "ann" cannot create resource "podchaos"' }];
      const object = objectSchema.parse(JSON.parse(body));
      if (query.get('dryRun') === 'All')
        return object.kind === behaviour.finds?.kind
          ? [422, { message: behaviour.finds.wrong }]
          : [201, object];
      created.push(object);
      chaos.set(`${path}/${object.metadata.name}`, object);
      await behaviour.inject(object);
      return [201, object];
    }
    const object = chaos.get(path);
    if (!object) return [404, {}];
    if (method === 'DELETE' && !behaviour.keeps) chaos.delete(path);
    const conditions = ['AllInjected', 'AllRecovered'].map((type) => ({
      type,
      status: behaviour.conditions.some((each) => each === type) ? 'True' : 'False',
    }));
    return [200, { ...object, status: { conditions } }];
  };

  const server = createServer((request, response) => {
    void (async () => {
      const { method = '', headers } = request;
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
      requests.push(`${method} ${pathname}`);
      const body = await bodyOf(request);
      const [status, object] =
        headers.authorization === `Bearer ${token}`
          ? await answer({ method, path: pathname, query: searchParams, body })
          : [401, { message: 'Unauthorized' }];
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(object));
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    requests,
    created,
    chaos,
    behaviour,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
