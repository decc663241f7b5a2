import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { FaultProxy } from '@framegate/fault-proxy';
import { startFaultProxy } from '@framegate/fault-proxy';
import { PortInUseError } from '@framegate/service-kit';
import type { Output } from '../terminal/output.ts';
import { stoppable } from '../terminal/stop-signal.ts';
import type { LinkFlags } from './command.ts';
import { parseLinkOrder } from './link-order.ts';

/** Runs until it is interrupted. */
export async function runLink(
  target: { host: string; port: number },
  { host, port, rate, delay, jitter, loss }: LinkFlags,
  stdin: Readable,
  stdout: Output,
): Promise<void> {
  const proxy = await startFaultProxy({ target, host, port, random: Math.random }).catch((error: unknown) => {
    const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw inUse ? new PortInUseError(host, port) : error;
  });
  // The rate is the uplink's: what comes back is mostly acknowledgements.
  const way = { delayMs: delay, jitterMs: jitter, lossShare: loss };
  proxy.set({ toTarget: { ...way, bytesPerSecond: rate }, toClient: way });
  stdout.write(`${host}:${proxy.port} -> ${target.host}:${target.port}\n`);
  const orders = createInterface({ input: stdin });
  orders.on('line', (line) => stdout.write(`${obey(proxy, line)}\n`));
  try {
    await stoppable('ended', async (signal) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => resolve());
      await promise;
    });
  } finally {
    orders.close();
    await proxy.close();
  }
}

/** What came of the order, for the person who gave it. */
function obey(proxy: FaultProxy, line: string): string {
  try {
    const order = parseLinkOrder(line);
    if (order === 'reset') {
      const { connections } = proxy;
      proxy.reset();
      return `${connections} connections reset`;
    }
    const { bytesPerSecond: _ofTheUplink, ...way } = order;
    proxy.set({ toTarget: order, toClient: way });
    return 'done';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
