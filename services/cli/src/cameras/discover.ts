import { createSocket } from 'node:dgram';
import type { RemoteInfo, Socket } from 'node:dgram';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { DiscoveredCamera } from './ws-discovery.ts';
import { discoveryAddress, probeMessage, readProbeMatches } from './ws-discovery.ts';

export interface DiscoverOptions {
  readonly waitMs: number;
  /** Asked directly; without it everyone is asked, on each network of this machine. */
  readonly target: { readonly address: string; readonly port: number } | undefined;
  /** Ends the wait early. */
  readonly signal?: AbortSignal;
}

const maxCameras = 1000;

/** Sends a WS-Discovery probe and collects the answers, one for each camera, by address. */
export async function discoverCameras({
  waitMs,
  target = discoveryAddress,
  signal,
}: DiscoverOptions): Promise<DiscoveredCamera[]> {
  const messageId = `uuid:${randomUUID()}`;
  const cameras = new Map<string, DiscoveredCamera>();
  const onMessage = (datagram: Buffer, { address }: RemoteInfo): void => {
    for (const camera of readProbeMatches(datagram.toString('utf8'), messageId, address))
      if (cameras.size < maxCameras) cameras.set(`${address} ${camera.serviceUrls.join(' ')}`, camera);
  };
  const multicast = target === discoveryAddress;
  const sockets = await Promise.all((multicast ? ownAddresses() : ['0.0.0.0']).map(openSocket));
  try {
    const probe = Buffer.from(probeMessage(messageId));
    for (const socket of sockets) {
      socket.on('message', onMessage);
      // A network that can't be sent to has no cameras.
      socket.send(probe, target.port, target.address, () => {});
    }
    await delay(waitMs, undefined, signal ? { signal } : {}).catch(() => {});
  } finally {
    for (const socket of sockets) socket.close();
  }
  return [...cameras.values()].toSorted((a, b) =>
    a.address.localeCompare(b.address, 'en', { numeric: true }),
  );
}

async function openSocket(address: string): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, address);
  await once(socket, 'listening');
  // Later errors are those of networks that went away.
  socket.on('error', () => {});
  if (address !== '0.0.0.0') socket.setMulticastInterface(address);
  return socket;
}

function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address);
}
