import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Channel } from '@framegate/notification';
import { createWebhook } from '@framegate/notification';

export interface Received {
  readonly body: string;
  readonly key: string;
}

/** Somebody who is told by webhook, and can be away: `busy` answers 503. */
export async function startReceiver() {
  const received: Received[] = [];
  let isBusy = false;
  const server = createServer((request, reply) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ body, key: String(request.headers['idempotency-key']) });
      reply.writeHead(isBusy ? 503 : 200).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hook`;
  return {
    url,
    /** The channel over which a console tells it. */
    hook: (): Channel =>
      createWebhook({ name: 'hook', url, secret: 'of-at-least-16-chars', nowMs: Date.now }),
    received,
    busy: (now: boolean) => void (isBusy = now),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
