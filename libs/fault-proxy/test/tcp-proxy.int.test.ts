import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { eventually } from '@framegate/test-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultProxy } from '../src/index.ts';
import { startFaultProxy } from '../src/index.ts';

const echo = createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {});
  socket.pipe(socket);
});
let proxy: FaultProxy;
let clients: Socket[];

beforeEach(async () => {
  clients = [];
  if (!echo.listening) await once(echo.listen(0, '127.0.0.1'), 'listening');
  const address = echo.address();
  if (address === null || typeof address === 'string') throw new Error('the echo listens on no port');
  const target = { host: '127.0.0.1', port: address.port };
  proxy = await startFaultProxy({ target, random: () => 0.5 });
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  await proxy.close();
});

function open() {
  const socket = connect({ port: proxy.port, host: '127.0.0.1' });
  clients.push(socket);
  const got = { text: '', errors: 0, ended: false };
  socket.setEncoding('latin1');
  socket.on('data', (text) => (got.text += String(text)));
  socket.on('error', () => (got.errors += 1));
  socket.on('end', () => (got.ended = true));
  return { socket, got };
}

describe('the fault proxy', () => {
  it('passes everything on in both directions, and the end too', async () => {
    const { socket, got } = open();
    const text = 'x'.repeat(300_000);
    socket.end(text);
    await eventually(() => got.ended);
    expect(got.text).toBe(text);
    expect(proxy.passedBytes).toEqual({ toTarget: text.length, toClient: text.length });
  });

  it('holds what comes while one direction is cut, and delivers it afterwards', async () => {
    const { socket, got } = open();
    proxy.set({ toClient: { open: false } });
    socket.write('hello');
    await eventually(() => proxy.passedBytes.toTarget === 5);
    expect(got.text).toBe('');
    proxy.set({ toClient: { open: true } });
    await eventually(() => got.text === 'hello');
  });

  it('lets a sender feel that the link is narrow instead of swallowing what it sends', async () => {
    const { socket } = open();
    proxy.set({ toTarget: { open: false } });
    const chunk = Buffer.alloc(64 * 1024);
    // Until the sockets' own buffers are full, too.
    for (let sent = 0; sent < 400 && socket.writableLength < 1024 * 1024; sent++) {
      socket.write(chunk);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(socket.writableLength).toBeGreaterThanOrEqual(1024 * 1024);
  });

  it('resets connections, and refuses new ones until it is told not to', async () => {
    const { socket, got } = open();
    await once(socket, 'connect');
    await eventually(() => proxy.connections === 1);
    proxy.refuse(true);
    await eventually(() => got.errors === 1 && proxy.connections === 0);

    const refused = open();
    await eventually(() => refused.got.errors === 1);
    proxy.refuse(false);
    const again = open();
    again.socket.write('back');
    await eventually(() => again.got.text !== '');
    expect(again.got.text).toBe('back');
  });
});
