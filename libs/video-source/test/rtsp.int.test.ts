import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openSource } from '../src/index.ts';
import type { OpenOptions } from '../src/index.ts';
import { asFast, failureOf, nowUs, portOf, readFrames } from './fixtures.ts';

const patient: OpenOptions = { ...asFast, connectTimeoutMs: 20_000, readTimeoutMs: 20_000 };
const python = '/usr/bin/python3';
const needs =
  "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import Gst; Gst.init(None); assert Gst.ElementFactory.find('x264enc')";
const isServerThere = spawnSync(python, ['-c', needs]).status === 0;
if (!isServerThere) {
  console.info(
    'Skipped: RTSP against a real server. To run it: apt-get install python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly',
  );
}

describe.skipIf(!isServerThere)('an RTSP camera', () => {
  let server: ChildProcess;
  let host = '';

  beforeAll(async () => {
    const script = fileURLToPath(new URL('rtsp-server.py', import.meta.url));
    server = spawn(python, [script, '10'], { stdio: ['pipe', 'pipe', 'ignore'] });
    const [port] = server.stdout ? await once(createInterface(server.stdout), 'line') : [];
    host = `127.0.0.1:${port}`;
  });

  afterAll(async () => {
    const exited = once(server, 'exit');
    server.kill('SIGKILL');
    await exited;
  });

  test('gives frames as they arrive', async () => {
    const reader = await openSource({ kind: 'rtsp', url: `rtsp://${host}/camera` }, patient);
    expect(reader.info).toMatchObject({
      width: 320,
      height: 240,
      codec: 'h264',
      durationSeconds: null,
      live: true,
    });
    const openedAtUs = nowUs();
    const { seen, error } = await readFrames(reader, 12);
    expect(error).toBeUndefined();
    expect(seen).toHaveLength(12);
    for (const [i, frame] of seen.entries()) {
      expect(frame.capturedAtUs).toBeGreaterThan(seen[i - 1]?.capturedAtUs ?? openedAtUs);
      expect(frame.mediaTimeUs).toBeGreaterThan(seen[i - 1]?.mediaTimeUs ?? -1);
    }
    await reader.close();
  });

  test('whose reader paused goes on with its newest frame', async () => {
    const reader = await openSource({ kind: 'rtsp', url: `rtsp://${host}/camera` }, patient);
    const before = (await readFrames(reader, 3)).seen.at(-1);
    const skippedBefore = reader.skipped;
    // The pause itself is what is tested: the camera goes on sending.
    await new Promise((resolve) => setTimeout(resolve, 700));
    const [after] = (await readFrames(reader, 1)).seen;
    const missed = (after?.index ?? 0) - (before?.index ?? 0) - 1;
    expect(missed).toBeGreaterThan(0);
    expect(reader.skipped - skippedBefore).toBe(missed);
    await reader.close();
  });

  test('without a stream of that name is NOT_FOUND, and worth another try', async () => {
    const error = await failureOf(
      { kind: 'rtsp', url: `rtsp://ann:secret@${host}/none?token=abc123` },
      patient,
    );
    expect(error).toMatchObject({ code: 'NOT_FOUND', retryable: true });
    expect(error.message).not.toMatch(/ann|secret|abc123/);
  });

  test('that freezes while it sends is a TIMEOUT', async () => {
    const options = { ...patient, readTimeoutMs: 500 };
    const reader = await openSource({ kind: 'rtsp', url: `rtsp://${host}/camera` }, options);
    await readFrames(reader, 1);
    server.kill('SIGSTOP');
    const { error } = await readFrames(reader);
    server.kill('SIGCONT');
    expect(error).toMatchObject({ code: 'TIMEOUT', retryable: true });
    await reader.close();
  });
});

describe('a hostile RTSP camera', () => {
  const sockets = new Set<Socket>();
  const servers: Server[] = [];
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers.splice(0)) server.close();
  });

  async function camera(behave: (socket: Socket) => void): Promise<string> {
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      behave(socket);
    });
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `rtsp://ann:secret@127.0.0.1:${portOf(server)}/x?token=abc123`;
  }

  const every = (socket: Socket, ms: number, text: string): void => {
    const timer = setInterval(() => socket.write(text), ms);
    socket.on('close', () => clearInterval(timer));
  };
  const answer = (socket: Socket, text: string): void => void socket.on('data', () => socket.write(text));

  test.each([
    ['says nothing', (): void => {}, 'TIMEOUT'],
    ['dribbles', (socket: Socket) => every(socket, 20, 'x'), 'TIMEOUT'],
    ['sends garbage without end', (socket: Socket) => every(socket, 5, 'garbage\r\n'.repeat(100)), 'TIMEOUT'],
    ['hangs up', (socket: Socket): void => void socket.destroy(), 'CORRUPT'],
    ['speaks HTTP', (socket: Socket) => answer(socket, 'HTTP/1.1 400 Bad Request\r\n\r\n'), 'TIMEOUT'],
    [
      'refuses the password',
      (socket: Socket) =>
        answer(socket, 'RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\nWWW-Authenticate: Basic realm="x"\r\n\r\n'),
      'UNAUTHORIZED',
    ],
  ] as const)('that %s fails in one clear way and in time', async (_, behave, code) => {
    const impatient = { ...asFast, connectTimeoutMs: 800, readTimeoutMs: 400 };
    const options = code === 'TIMEOUT' ? impatient : patient;
    const error = await failureOf({ kind: 'rtsp', url: await camera(behave) }, options);
    expect(error.code).toBe(code);
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toMatch(/ann|secret|abc123/);
  });

  test('that is not there at all is REFUSED', async () => {
    const url = await camera(() => {});
    const [server] = servers.splice(0);
    server?.close();
    if (server) await once(server, 'close');
    expect(await failureOf({ kind: 'rtsp', url }, patient)).toMatchObject({
      code: 'REFUSED',
      retryable: true,
    });
  });

  test('is given up at once when that is asked for', async () => {
    const stop = new AbortController();
    const connected = Promise.withResolvers<void>();
    const url = await camera(() => connected.resolve());
    const failure = failureOf({ kind: 'rtsp', url }, { ...patient, signal: stop.signal });
    await connected.promise;
    stop.abort();
    expect(await failure).toMatchObject({ code: 'ABORTED' });
  });
});
