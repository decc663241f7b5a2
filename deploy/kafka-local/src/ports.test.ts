import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePorts, isFree } from './ports.ts';

const host = '127.0.0.1';

it('free ports are different ones that nobody listens on, below those of outgoing connections', async () => {
  const ports = await freePorts(20, host);
  expect(new Set(ports).size).toBe(20);
  for (const port of ports) {
    expect(port).toBeLessThan(32_768);
    expect(await isFree(port, host)).toBe(true);
  }
});

it('a port that somebody listens on is not free', async () => {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await isFree(port, host)).toBe(false);
  server.close();
});
