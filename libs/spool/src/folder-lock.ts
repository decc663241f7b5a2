import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { realpath } from 'node:fs/promises';
import type { Server } from 'node:net';
import { createServer } from 'node:net';
import { isCode } from './spool-files.ts';
import { SpoolError } from './spool-error.ts';

/**
 * Keeps a second process of this machine out of a folder. The lock is an abstract socket (Linux), which the kernel gives
 * free with the process however that ends, so none is ever stale; elsewhere there is no lock.
 * @throws SpoolError `IN_USE`
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  if (process.platform !== 'linux') return async () => {};
  const digest = createHash('sha256')
    .update(await realpath(folder))
    .digest('hex');
  const server: Server = createServer((socket) => socket.destroy());
  server.unref();
  try {
    server.listen({ path: `\0framegate-spool-${digest}` });
    await once(server, 'listening');
  } catch (error) {
    if (!isCode(error, 'EADDRINUSE')) throw error;
    throw new SpoolError(
      'IN_USE',
      `the spool ${folder} is used by another process: give each its own folder`,
    );
  }
  return () => new Promise((resolve) => server.close(() => resolve()));
}
