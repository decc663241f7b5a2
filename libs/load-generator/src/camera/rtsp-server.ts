import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import type { H264Loop } from './access-units.ts';
import type { CameraServer, Reader } from './camera-server.ts';
import { cameraOf, isBehind, sendToAll } from './camera-server.ts';
import { rtpPackets, rtpPayloadType, rtpTicksPerSecond } from './rtp-h264.ts';
import type { RtspRequest } from './rtsp-request.ts';
import { createRtspParser, rtspResponse } from './rtsp-request.ts';

export interface RtspServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly cameras: number;
  readonly moving: H264Loop;
  readonly still: H264Loop;
}

interface RtspReader extends Reader {
  sequence: number;
  readonly ssrc: number;
  /** Waits for a key frame at first. */
  hasBegun: boolean;
}

/** Where a camera is in its loop; it goes over to the other one at a key frame only. */
interface Playback {
  loop: H264Loop;
  next: number;
}

/**
 * `rtsp://HOST:PORT/camera-N` with H.264 in RTP over the same TCP connection (RFC 2326, section 10.12; RFC 6184):
 * what our edge and most recorders ask for. No UDP, no authentication.
 */
export async function startRtspServer(options: RtspServerOptions): Promise<CameraServer> {
  const { host, port, cameras, moving, still } = options;
  const readers = new Map<number, Set<RtspReader>>();
  const playbacks = new Map<number, Playback>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    let playing: Set<RtspReader> | undefined;
    const reader = readerOf(socket);
    const leave = (): void => void playing?.delete(reader);
    const answer = (request: RtspRequest): void => {
      const camera = cameraOf(new URL(request.url, 'rtsp://x').pathname, cameras);
      if (camera === undefined) return void socket.write(rtspResponse(request, 404, 'Not Found'));
      socket.write(respond(request, moving));
      if (request.method === 'PLAY') {
        playing = readers.get(camera) ?? new Set();
        readers.set(camera, playing.add(reader));
      }
      if (request.method === 'TEARDOWN') leave();
    };
    socket.on('data', createRtspParser(answer));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      leave();
      sockets.delete(socket);
    });
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const taken = typeof address === 'object' && address ? address.port : port;
  return {
    urlOf: (camera) => `rtsp://${host}:${taken}/camera-${camera + 1}`,
    read: () => [...readers.values()].filter(({ size }) => size > 0).length,
    send(camera, { dueUs, moves }) {
      const own = readers.get(camera);
      const playback = playbacks.get(camera) ?? { loop: still, next: 0 };
      playbacks.set(camera, playback);
      if (playback.next === 0) playback.loop = moves ? moving : still;
      const isKey = playback.next === 0;
      const unit = playback.loop.units[playback.next] ?? [];
      playback.next = (playback.next + 1) % playback.loop.units.length;
      const timestamp = Math.round((dueUs * rtpTicksPerSecond) / 1e6);
      const ready = new Set([...(own ?? [])].filter((reader) => (reader.hasBegun ||= isKey)));
      if (ready.size === 0 && own && own.size > 0) return Promise.resolve(0);
      // What is left out would be missed until the next key frame.
      for (const reader of ready) if (isBehind(reader)) reader.hasBegun = false;
      return sendToAll(ready, (reader) => interleaved(rtpPackets(unit, timestamp, reader)));
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function respond(request: RtspRequest, loop: H264Loop): string {
  switch (request.method) {
    case 'OPTIONS':
      return rtspResponse(request, 200, 'OK', {
        Public: 'OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER',
      });
    case 'DESCRIBE':
      return rtspResponse(request, 200, 'OK', { 'Content-Type': 'application/sdp' }, sdpOf(loop));
    case 'SETUP':
      if (!request.headers.get('transport')?.includes('RTP/AVP/TCP'))
        return rtspResponse(request, 461, 'Unsupported Transport');
      return rtspResponse(request, 200, 'OK', {
        Transport: 'RTP/AVP/TCP;unicast;interleaved=0-1',
        Session: '1',
      });
    case 'PLAY':
      return rtspResponse(request, 200, 'OK', { Session: '1' });
    case 'TEARDOWN':
    case 'GET_PARAMETER':
      return rtspResponse(request, 200, 'OK', { Session: '1' });
    default:
      return rtspResponse(request, 501, 'Not Implemented');
  }
}

function sdpOf({ sequenceParameters, pictureParameters }: H264Loop): string {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  const profile = Buffer.from(sequenceParameters.subarray(1, 4)).toString('hex');
  const sets = `${base64(sequenceParameters)},${base64(pictureParameters)}`;
  return [
    'v=0',
    'o=- 0 0 IN IP4 127.0.0.1',
    's=load',
    'c=IN IP4 0.0.0.0',
    't=0 0',
    'a=control:*',
    `m=video 0 RTP/AVP ${rtpPayloadType}`,
    `a=rtpmap:${rtpPayloadType} H264/${rtpTicksPerSecond}`,
    `a=fmtp:${rtpPayloadType} packetization-mode=1;profile-level-id=${profile};sprop-parameter-sets=${sets}`,
    'a=control:track1',
    '',
  ].join('\r\n');
}

/** Channel 0 of the connection: `$`, channel, length. */
function interleaved(packets: readonly Buffer[]): Buffer {
  return Buffer.concat(
    packets.flatMap((packet) => {
      const frame = Buffer.from([0x24, 0, 0, 0]);
      frame.writeUInt16BE(packet.length, 2);
      return [frame, packet];
    }),
  );
}

let lastSsrc = 0;

function readerOf(socket: Socket): RtspReader {
  return {
    sequence: 0,
    ssrc: ++lastSsrc,
    hasBegun: false,
    get unreadBytes() {
      return socket.writableLength;
    },
    write: (bytes) =>
      new Promise((resolve, reject) => {
        socket.write(bytes, (error) => (error ? reject(error) : resolve()));
      }),
  };
}
