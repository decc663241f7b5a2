import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';

/** As much of an API server of Kubernetes as serves one scale. */
export interface FakeApiServer {
  readonly url: string;
  readonly requests: { method: string; path: string; contentType: string; authorization: string }[];
  /** Answers this status from now on; undefined: does what it is asked. */
  fails: number | undefined;
  close(): Promise<void>;
}

export async function startFakeApiServer(path: string, token: string): Promise<FakeApiServer> {
  let replicas = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const { method = '', url = '', headers } = request;
      fake.requests.push({
        method,
        path: url,
        contentType: headers['content-type'] ?? '',
        authorization: headers.authorization ?? '',
      });
      const body = await bodyOf(request);
      const status =
        fake.fails ?? (headers.authorization !== `Bearer ${token}` ? 401 : url === path ? 200 : 404);
      if (status === 200 && method === 'PATCH') replicas = JSON.parse(body).spec.replicas;
      // As the real one, it leaves out what is zero.
      const count = replicas === 0 ? {} : { replicas };
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ kind: 'Scale', apiVersion: 'autoscaling/v1', spec: count, status: count }),
      );
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const fake: FakeApiServer = {
    url: `http://127.0.0.1:${port}`,
    requests: [],
    fails: undefined,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return fake;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
