import type { Socket } from 'node:net';
import { connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';

const KEEP_ALIVE_DELAY_MS = 60_000;

/** The connections of a client. */
export class ClientSockets {
  readonly #open = new Set<Socket>();

  /**
   * kafkajs's own sockets keep Nagle's algorithm (RFC 896), which holds back the end of each request until the broker
   * has acknowledged what went before: a round trip of the uplink for each frame.
   */
  readonly open: ISocketFactory = ({ host, port, ssl, onConnect }) => {
    const socket = ssl
      ? connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }), ...ssl }, onConnect)
      : connectTcp({ host, port }, onConnect);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, KEEP_ALIVE_DELAY_MS);
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    return socket;
  };

  /**
   * Of those that are open now, ends the ones on which nothing is heard for `graceMs`; their requests fail and are
   * repeated over new ones.
   *
   * For the time after a cut: TCP repeats what was not acknowledged after pauses that double (RFC 6298), so an old
   * connection may rest for as long again as the path was cut, while a new one is served at once.
   */
  endSilent(graceMs: number): void {
    const heardBytes = new Map([...this.#open].map((socket) => [socket, socket.bytesRead]));
    const timer = setTimeout(() => {
      for (const [socket, bytes] of heardBytes)
        if (socket.bytesRead === bytes)
          socket.destroy(new Error('nothing was heard after the cluster was back'));
    }, graceMs);
    timer.unref();
  }
}
