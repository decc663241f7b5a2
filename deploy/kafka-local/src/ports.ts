import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** Below those that systems give to outgoing connections (Linux: from 32768, IANA: from 49152). */
const [firstPort, afterLastPort] = [20_000, 32_768];
const mostTries = 1000;

/**
 * Ports that nobody listens on, for a program that has to be told its port. One that the system chooses (0) may be that of
 * an outgoing connection by the time the program starts, or starts again.
 */
export async function freePorts(count: number, host: string): Promise<number[]> {
  const ports = new Set<number>();
  for (let tries = 0; ports.size < count && tries < mostTries; tries += 1) {
    const port = randomInt(firstPort, afterLastPort);
    if (await isFree(port, host)) ports.add(port);
  }
  return [...ports];
}

export async function isFree(port: number, host: string): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    await once(server.close(), 'close');
    return true;
  } catch {
    return false;
  }
}

export async function accepts(port: number, host: string): Promise<boolean> {
  const socket = connect(port, host);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
