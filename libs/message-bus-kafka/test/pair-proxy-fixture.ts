import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/**
 * A proxy on this machine before a broker. Both ends of a pair close together.
 *
 * @param join what flows between them
 */
export async function startPairProxy(
  target: { readonly host: string; readonly port: number },
  join: (client: Socket, upstream: Socket) => void,
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((client) => {
    const upstream = connect(target);
    client.on('error', () => {}).on('close', () => upstream.destroy());
    upstream.on('error', () => {}).on('close', () => client.destroy());
    join(client, upstream);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : 0 };
}
