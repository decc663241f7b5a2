import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSource } from '../src/index.ts';
import type { OpenOptions } from '../src/index.ts';
import { answerChallenge } from '../src/http-auth.ts';
import { asFast, failureOf, makeJpeg, portOf, readFrames } from './fixtures.ts';

/** Time-outs short enough for a test, long enough for a busy machine to answer in. */
const patient: OpenOptions = { ...asFast, connectTimeoutMs: 20_000, readTimeoutMs: 20_000 };
const impatient: OpenOptions = { ...asFast, connectTimeoutMs: 300, readTimeoutMs: 300 };

let small: Uint8Array;
let large: Uint8Array;
beforeAll(async () => {
  small = await makeJpeg(160, 96);
  large = await makeJpeg(320, 192);
});

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${portOf(server)}`;
}

/** A camera that answers each request like this. */
const camera = (listener: RequestListener): Promise<string> => listen(createServer(listener));

const multipart = { 'content-type': 'multipart/x-mixed-replace; boundary=frame' };
const part = (body: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from(`--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${body.length}\r\n\r\n`),
    body,
    Buffer.from('\r\n'),
  ]);

/** Sends the parts, then does as `then` says. */
const stream = (
  parts: () => Uint8Array[],
  then: (response: ServerResponse) => void = () => {},
): RequestListener => {
  return (_, response) => {
    response.writeHead(200, multipart);
    for (const body of parts()) response.write(part(body));
    then(response);
  };
};

/** Sends the next picture only when the last one was read: nothing depends on speed. */
function stepwise(): { listener: RequestListener; send: (body: Uint8Array) => void; end: () => void } {
  let current: ServerResponse | undefined;
  return {
    listener: (_, response) => {
      response.writeHead(200, multipart);
      response.write(part(small));
      current = response;
    },
    send: (body) => current?.write(part(body)),
    end: () => current?.end(),
  };
}

describe('an MJPEG camera', () => {
  test('gives frames of whatever size it sends, until it closes the connection', async () => {
    const { listener, send, end } = stepwise();
    const reader = await openSource({ kind: 'mjpeg', url: `http://${await camera(listener)}/` }, patient);
    expect(reader.info).toMatchObject({ width: 160, height: 96, codec: 'mjpeg', live: true });
    const sizes: string[] = [];
    for (const next of [large, small, null]) {
      const frame = await reader.read();
      sizes.push(`${frame?.width}x${frame?.height}`);
      expect(frame?.luma.data.length).toBeGreaterThanOrEqual((frame?.width ?? 0) * (frame?.height ?? 0));
      frame?.close();
      if (next) send(next);
      else end();
    }
    expect(sizes).toEqual(['160x96', '320x192', '160x96']);
    expect(await reader.read()).toBeNull();
    await reader.close();
  });

  test('that is read slowly gives its newest picture, and the others count as skipped', async () => {
    const pictures = (): Uint8Array[] => [small, small, small, small, large];
    const url = `http://${await camera(stream(pictures, (response) => response.end()))}/`;
    const reader = await openSource({ kind: 'mjpeg', url }, patient);
    const { seen } = await readFrames(reader);
    expect(seen.length + reader.skipped).toBe(5);
    await reader.close();
  });

  test('loses its connection when the reader is closed', async () => {
    const closed = Promise.withResolvers<string>();
    const url = `http://${await camera(
      stream(
        () => [small],
        (response) => void response.once('close', () => closed.resolve('closed')),
      ),
    )}/`;
    const reader = await openSource({ kind: 'mjpeg', url }, patient);
    await reader.close();
    expect(await closed.promise).toBe('closed');
    expect(await reader.read()).toBeNull();
  });

  test('is given up at once when that is asked for, while opening and while reading', async () => {
    const stop = new AbortController();
    const url = `http://${await camera(stream(() => [small]))}/`;
    const reader = await openSource({ kind: 'mjpeg', url }, { ...patient, signal: stop.signal });
    (await reader.read())?.close();
    const pending = reader.read();
    stop.abort();
    expect(await pending).toBeNull();
    await reader.close();
    expect(await failureOf({ kind: 'mjpeg', url }, { ...patient, signal: stop.signal })).toMatchObject({
      code: 'ABORTED',
    });
  });

  test('that sends a few pictures that are none recovers with the next good one', async () => {
    const { listener, send } = stepwise();
    const reader = await openSource({ kind: 'mjpeg', url: `http://${await camera(listener)}/` }, patient);
    (await reader.read())?.close();
    send(Buffer.from('this is no picture'));
    const next = reader.read();
    send(large);
    const frame = await next;
    expect(frame?.width).toBe(320);
    frame?.close();
    await reader.close();
  });

  const forever = (response: ServerResponse, chunk: Buffer): void => {
    while (response.write(chunk));
    response.once('drain', () => forever(response, chunk));
  };
  const garbage: Record<string, [RequestListener, string]> = {
    'sends garbage for a stream': [
      (_, response) => forever(response.writeHead(200, multipart), Buffer.alloc(10_000, 'x')),
      'CORRUPT',
    ],
    'never ends the header of a part': [
      (_, response) =>
        forever(response.writeHead(200, multipart), Buffer.from('--frame\r\nX: '.padEnd(10_000, 'y'))),
      'CORRUPT',
    ],
    'announces a part of a gigabyte': [
      (_, response) =>
        response.writeHead(200, multipart).write('--frame\r\nContent-Length: 1000000000\r\n\r\n'),
      'CORRUPT',
    ],
    'never ends a part': [
      (_, response) =>
        forever(response.writeHead(200, multipart), Buffer.from('--frame\r\n\r\n'.padEnd(10_000, 'y'))),
      'CORRUPT',
    ],
    'answers with a page': [
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      'NOT_MEDIA',
    ],
    'answers with one picture': [
      (_, response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end('x'),
      'NOT_MEDIA',
    ],
    'has nothing there': [(_, response) => response.writeHead(404).end(), 'NOT_FOUND'],
    'is broken': [(_, response) => response.writeHead(500).end(), 'DISCONNECTED'],
    'says nothing': [() => {}, 'TIMEOUT'],
    'hangs after the first picture': [stream(() => [small]), 'TIMEOUT'],
    'hangs in the middle of a picture': [
      (_, response) => response.writeHead(200, multipart).write(part(small).subarray(0, 500)),
      'TIMEOUT',
    ],
    dribbles: [
      (_, response) => {
        response.writeHead(200, multipart);
        const timer = setInterval(() => response.write('-'), 20);
        response.on('close', () => clearInterval(timer));
      },
      'TIMEOUT',
    ],
    'cuts the connection': [(_, response) => response.writeHead(200, multipart).destroy(), 'DISCONNECTED'],
  };

  test.each(Object.entries(garbage))('that %s fails in one clear way', async (_, [listener, code]) => {
    const options = code === 'TIMEOUT' ? impatient : patient;
    const error = await failureOf(
      { kind: 'mjpeg', url: `http://u:secret@${await camera(listener)}/` },
      options,
    );
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/^http:\/\/\*\*\*@127\.0\.0\.1:\d+\/: .+\.$/);
  });

  test('that never ends the header of its answer is cut off', async () => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => {});
      const more = (): void => {
        while (!socket.destroyed && socket.write('X-A: '.padEnd(1000, 'b').concat('\r\n')));
        socket.once('drain', more);
      };
      socket.write('HTTP/1.1 200 OK\r\n');
      more();
    });
    expect(await failureOf({ kind: 'mjpeg', url: `http://${await listen(server)}/` }, patient)).toMatchObject(
      { code: 'DISCONNECTED' },
    );
  });

  test('that sends only garbage parts is CORRUPT', async () => {
    const timers = new Set<NodeJS.Timeout>();
    const listener: RequestListener = (_, response) => {
      response.writeHead(200, multipart);
      const timer = setInterval(() => response.write(part(Buffer.from('no picture'))), 5);
      timers.add(timer);
      response.on('close', () => clearInterval(timer));
    };
    expect(
      await failureOf({ kind: 'mjpeg', url: `http://${await camera(listener)}/` }, patient),
    ).toMatchObject({ code: 'CORRUPT', retryable: true });
  });

  test('that is not there at all is REFUSED', async () => {
    const server = createTcpServer();
    const host = await listen(server);
    server.close();
    await once(server, 'close');
    expect(await failureOf({ kind: 'mjpeg', url: `http://${host}/` }, patient)).toMatchObject({
      code: 'REFUSED',
      retryable: true,
    });
  });
});

describe('a camera that asks for a password', () => {
  const { method, cnonce } = { method: 'GET', cnonce: '' };
  const right = { user: 'ann', password: 'p@ss word' };

  function guarded(challenge: string, request: IncomingMessage, response: ServerResponse): void {
    const given = request.headers.authorization ?? '';
    const [, itsNonce = cnonce] = /cnonce="([^"]*)"/.exec(given) ?? [];
    const expected = answerChallenge(challenge, right, { method, uri: request.url ?? '', cnonce: itsNonce });
    if (given === expected) response.writeHead(200, { 'content-type': 'image/jpeg' }).end(small);
    else response.writeHead(401, { 'www-authenticate': challenge }).end();
  }

  test.each([
    ['Basic', 'Basic realm="cam"'],
    ['Digest', 'Digest realm="cam", nonce="abc", qop="auth"'],
  ])('lets the right user in (%s) and refuses the wrong one without telling who', async (_, challenge) => {
    const host = await camera((request, response) => guarded(challenge, request, response));
    const reader = await openSource(
      { kind: 'snapshot', url: `http://ann:p%40ss%20word@${host}/a.jpg?x=1` },
      patient,
    );
    expect(reader.info.width).toBe(160);
    await reader.close();
    const error = await failureOf(
      { kind: 'snapshot', url: `http://ann:wrong-secret@${host}/a.jpg?token=abc123` },
      patient,
    );
    expect(error).toMatchObject({ code: 'UNAUTHORIZED', retryable: false });
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toMatch(/ann|wrong-secret|abc123/);
    expect(error.cause).toBeUndefined();
  });
});

describe('a snapshot camera', () => {
  const picture =
    (body: () => Uint8Array): RequestListener =>
    (_, response) => {
      response.writeHead(200, { 'content-type': 'image/jpeg' }).end(body());
    };

  test('is asked again for each frame', async () => {
    let asked = 0;
    const url = `http://${await camera(picture(() => (asked++ % 2 ? large : small)))}/a.jpg`;
    const reader = await openSource({ kind: 'snapshot', url }, { ...patient, framesPerSecond: 100 });
    const { seen } = await readFrames(reader, 4);
    expect(seen.map(({ size }) => size)).toEqual(['160x96', '320x192', '160x96', '320x192']);
    expect(asked).toBe(4);
    await reader.close();
  });

  test.each([
    ['hangs', (): void => {}, 'TIMEOUT'],
    [
      'answers with a page',
      (_: IncomingMessage, response: ServerResponse): void =>
        void response.writeHead(200, { 'content-type': 'text/html' }).end('x'),
      'NOT_MEDIA',
    ],
    ['answers with a stream', stream(() => [small]), 'NOT_MEDIA'],
    ['sends garbage', picture(() => Buffer.from('no picture')), 'CORRUPT'],
  ] satisfies [string, RequestListener, string][])(
    'that %s fails in one clear way',
    async (_, listener, code) => {
      const url = `http://${await camera(listener)}/a.jpg`;
      const options = code === 'TIMEOUT' ? impatient : { ...patient, framesPerSecond: 200 };
      expect(await failureOf({ kind: 'snapshot', url }, options)).toMatchObject({ code });
    },
  );

  test('that sends more than a picture may have is cut off', async () => {
    const limits = { minSide: 16, maxSide: 8192, maxPixels: 1e6, maxJpegBytes: 1000 };
    const url = `http://${await camera(picture(() => Buffer.alloc(5000)))}/a.jpg`;
    expect(await failureOf({ kind: 'snapshot', url }, { ...patient, limits })).toMatchObject({
      code: 'TOO_LARGE',
    });
  });
});

test('a video file is read over HTTP, and a page in its place is refused', async () => {
  const host = await camera((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'.repeat(1000)),
  );
  expect(await failureOf({ kind: 'file', path: `http://u:secret@${host}/a.mp4` }, patient)).toMatchObject({
    code: 'NOT_MEDIA',
  });
});
