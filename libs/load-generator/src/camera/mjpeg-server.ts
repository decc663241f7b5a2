import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { CameraServer, Reader } from './camera-server.ts';
import { cameraOf, sendToAll } from './camera-server.ts';

export interface MjpegServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly cameras: number;
  /** JPEGs; the first one is what a still camera shows. */
  readonly pool: readonly Uint8Array[];
}

const boundary = 'frame';

/** `http://HOST:PORT/camera-N` as multipart/x-mixed-replace. */
export async function startMjpegServer({
  host,
  port,
  cameras,
  pool,
}: MjpegServerOptions): Promise<CameraServer> {
  const readers = new Map<number, Set<Reader>>();
  const server = createServer((request, response) => {
    const camera = cameraOf(request.url ?? '', cameras);
    if (camera === undefined) {
      response.writeHead(404).end(`no such camera: expected /camera-1 to /camera-${cameras}\n`);
      return;
    }
    response.writeHead(200, { 'content-type': `multipart/x-mixed-replace; boundary=${boundary}` });
    response.flushHeaders();
    const reader = readerOf(response);
    const own = readers.get(camera) ?? new Set();
    readers.set(camera, own.add(reader));
    response.on('close', () => own.delete(reader));
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const taken = typeof address === 'object' && address ? address.port : port;
  return {
    urlOf: (camera) => `http://${host}:${taken}/camera-${camera + 1}`,
    read: () => [...readers.values()].filter(({ size }) => size > 0).length,
    send(camera, { seq, moves }) {
      const jpeg = pool[moves ? (camera * 7 + seq) % pool.length : 0] ?? new Uint8Array();
      return sendToAll(readers.get(camera), () => partOf(jpeg));
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function readerOf(response: ServerResponse): Reader {
  return {
    get unreadBytes() {
      return response.writableLength;
    },
    write: (bytes) =>
      new Promise((resolve, reject) => {
        response.write(bytes, (error) => (error ? reject(error) : resolve()));
      }),
  };
}

function partOf(jpeg: Uint8Array): Buffer {
  const head = `--${boundary}\r\nContent-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), jpeg, Buffer.from('\r\n')]);
}
