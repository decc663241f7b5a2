import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import type { LinkConditions } from './link-conditions.ts';
import type { TimedLink } from './timed-link.ts';
import { startTimedLink } from './timed-link.ts';

export interface FaultProxyOptions {
  readonly target: { readonly host: string; readonly port: number };
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port?: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** A TCP proxy with a link of its own between its clients and their target. */
export interface FaultProxy {
  readonly port: number;
  /** How many connections pass through it now. */
  readonly connections: number;
  /** Bytes that have passed in each direction. */
  readonly passedBytes: { readonly toTarget: number; readonly toClient: number };
  /** Bytes that wait for the link. */
  readonly waitingBytes: { readonly toTarget: number; readonly toClient: number };
  set(changes: { toTarget?: Partial<LinkConditions>; toClient?: Partial<LinkConditions> }): void;
  /** Ends every connection at once, as a crashed router does. */
  reset(): void;
  /** New connections are reset, too, until it is false again. */
  refuse(refusing: boolean): void;
  close(): Promise<void>;
}

/** Bytes enter the link in pieces of at most this size, or a thin link would deliver by long jumps. */
const pieceBytes = 4096;
/** Of one connection, waiting: about a socket's buffer. Beyond it the sender feels the back pressure. */
const maxWaitingBytes = 128 * 1024;

interface Piece {
  readonly to: Socket;
  readonly from: Flow;
  /** Absent: the sender has ended its side. */
  readonly bytes?: Buffer;
}

/** One direction of one connection. */
interface Flow {
  readonly source: Socket;
  waitingBytes: number;
}

export async function startFaultProxy({
  target,
  host = '127.0.0.1',
  port = 0,
  random,
}: FaultProxyOptions): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  const passedBytes = { toTarget: 0, toClient: 0 };
  let refusing = false;

  const deliverTo = (direction: 'toTarget' | 'toClient') => {
    return ({ to, from, bytes }: Piece): void => {
      if (!bytes) {
        to.end();
        return;
      }
      passedBytes[direction] += bytes.length;
      from.waitingBytes -= bytes.length;
      if (!to.destroyed) to.write(bytes);
      if (from.waitingBytes < maxWaitingBytes / 2) from.source.resume();
    };
  };
  const toTarget = startTimedLink(deliverTo('toTarget'), random);
  const toClient = startTimedLink(deliverTo('toClient'), random);

  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (refusing) {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect({ ...target, allowHalfOpen: true });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('close', () => sockets.delete(socket));
    }
    pump(client, upstream, toTarget);
    pump(upstream, client, toClient);
  });
  server.listen(port, host);
  await once(server, 'listening');

  const reset = (): void => sockets.forEach((socket) => socket.resetAndDestroy());
  return {
    port: portOf(server.address()),
    get connections() {
      return sockets.size / 2;
    },
    passedBytes,
    get waitingBytes() {
      return { toTarget: toTarget.waitingBytes, toClient: toClient.waitingBytes };
    },
    set(changes) {
      if (changes.toTarget) toTarget.set(changes.toTarget);
      if (changes.toClient) toClient.set(changes.toClient);
    },
    reset,
    refuse(value) {
      refusing = value;
      if (value) reset();
    },
    async close() {
      toTarget.close();
      toClient.close();
      const closed = once(server, 'close');
      server.close();
      reset();
      await closed;
    },
  };
}

function pump(source: Socket, to: Socket, link: TimedLink<Piece>): void {
  const from: Flow = { source, waitingBytes: 0 };
  source.on('data', (bytes: Buffer) => {
    from.waitingBytes += bytes.length;
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const piece = bytes.subarray(at, at + pieceBytes);
      link.push(piece.length, { to, from, bytes: piece });
    }
    if (from.waitingBytes > maxWaitingBytes) source.pause();
  });
  source.on('end', () => link.push(0, { to, from }));
  // What one side breaks is broken for the other.
  source.on('error', () => to.destroy());
  source.on('close', () => {
    if (source.errored) to.destroy();
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The proxy listens on no port.');
  return address.port;
}
