import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { CameraServer } from '@framegate/load-generator';
import { renderH264Loops, startRtspServer } from '@framegate/load-generator';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startCamera } from '../src/camera.ts';
import type { Camera } from '../src/camera.ts';
import { plainSettings } from './settings-fixture.ts';

/** A sender report on channel 1 of the connection, as cameras send it every few seconds. */
const rtcp = Buffer.concat([Buffer.from('2401001c80c80006', 'hex'), Buffer.alloc(24)]);
const silenceMs = 500;

let server: CameraServer;
let front: Server;
let timer: NodeJS.Timeout;
let sockets: Socket[];
/** While it is frozen only RTCP comes. */
let frozen: boolean;
let camera: Camera;
let captured: number;
let statuses: string[];

beforeEach(async () => {
  [sockets, statuses, captured, frozen] = [[], [], 0, false];
  const loops = await renderH264Loops({ width: 160, height: 96 });
  server = await startRtspServer({ host: '127.0.0.1', port: 0, cameras: 1, ...loops });
  const port = Number(new URL(server.urlOf(0)).port);
  front = createServer((reader) => {
    const back = connect(port, '127.0.0.1');
    for (const socket of [reader, back]) socket.on('error', () => {});
    sockets.push(reader, back);
    reader.pipe(back);
    back.on('data', (bytes) => reader.write(frozen ? rtcp : bytes));
  }).listen(0, '127.0.0.1');
  await once(front, 'listening');
  let seq = 0;
  timer = setInterval(() => {
    seq += 1;
    // Nobody reads it at first.
    void server.send(0, { dueUs: seq * 50_000, seq, moves: true }).catch(() => {});
  }, 50);
  const address = front.address();
  const url = `rtsp://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/camera-1`;
  camera = startCamera(
    {
      source: { kind: 'rtsp', url },
      pace: 'realtime',
      loop: false,
      lossless: false,
      clockAnchorUs: 0,
      seed: 1,
      silenceMs,
      settings: { ...plainSettings, width: 160 },
    },
    {
      onFrames: (tally) => (captured += tally.captured),
      onStatus: ({ state, reason }) => statuses.push(`${state} ${reason}`.trim()),
    },
  );
  await vi.waitUntil(() => captured > 2, { timeout: 60_000 });
  frozen = true;
  await vi.waitUntil(() => statuses.at(-1)?.startsWith('offline no picture for '), { timeout: 20_000 });
});

afterEach(async () => {
  clearInterval(timer);
  for (const socket of sockets) socket.destroy();
  front.close();
  await server.close();
  await camera.stop();
});

describe('a camera whose video stops while RTCP goes on', () => {
  it('is offline, and connected again when pictures come', async () => {
    frozen = false;
    await expect
      .poll(() => statuses, { timeout: 30_000 })
      .toContainEqual(expect.stringContaining('the camera did not answer in time'));
    const before = captured;
    await expect.poll(() => captured, { timeout: 30_000 }).toBeGreaterThan(before + 2);
    expect(statuses.at(-1)).toBe('online');
  }, 120_000);

  it('holds up nobody who stops it', async () => {
    await expect(camera.stop()).resolves.toBeUndefined();
  }, 90_000);
});
