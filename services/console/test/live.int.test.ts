import { once } from 'node:events';
import { request } from 'node:http';
import { siteAnnouncementEvent, topicNames } from '@framegate/contracts';
import type { HistoryStore } from '@framegate/history-store';
import { defaultRetention, HistoryStoreError } from '@framegate/history-store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ServerMessage } from '../src/protocol/live.ts';
import { decodePicture } from '../src/protocol/picture-message.ts';
import type { TestConsole } from './console-fixture.ts';
import { startTestConsole } from './console-fixture.ts';
import { frameOf, intentOf } from './frames-fixture.ts';

let served: TestConsole;
const sockets: WebSocket[] = [];
beforeEach(async () => {
  served = await startTestConsole();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await served.close();
});

interface Viewer {
  readonly pictures: ReturnType<typeof decodePicture>[];
  readonly told: ServerMessage[];
  say(message: unknown): void;
  readonly closed: Promise<number>;
}

/** @param draws as a browser does; one that does not is as slow as can be */
async function view({ draws = true }: { draws?: boolean } = {}): Promise<Viewer> {
  const socket = new WebSocket(`${served.url.replace('http', 'ws')}/v1/live`);
  sockets.push(socket);
  socket.binaryType = 'arraybuffer';
  const { promise: closed, resolve } = Promise.withResolvers<number>();
  const viewer: Viewer = {
    pictures: [],
    told: [],
    say: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    closed,
  };
  socket.addEventListener('close', ({ code }) => resolve(code));
  socket.addEventListener('message', ({ data }: MessageEvent) => {
    if (!(data instanceof ArrayBuffer)) return void viewer.told.push(JSON.parse(String(data)));
    const picture = decodePicture(data);
    viewer.pictures.push(picture);
    if (draws) viewer.say({ type: 'drawn', number: picture.header.number });
  });
  await expect.poll(() => socket.readyState, { timeout: 10_000 }).toBe(WebSocket.OPEN);
  return viewer;
}

describe('the live connection', () => {
  it('tells cameras and their areas, and shows a picture with what was found in it', async () => {
    const polygon = [[0, 0], [1, 0], [1, 1]] as const; // prettier-ignore
    await served.want(
      intentOf('north/door', { zones: [{ name: 'entry', polygon: polygon.map(([x, y]) => [x, y]) }] }),
    );
    const viewer = await view();
    await expect
      .poll(() => viewer.told)
      .toEqual(expect.arrayContaining([
        expect.objectContaining({ type: 'areas', zones: [{ name: 'entry', polygon }] }),
        expect.objectContaining({ type: 'state', troubles: [] }),
      ])); // prettier-ignore
    viewer.say({ type: 'watch', cameras: ['north/door'] });
    const frame = frameOf(1);
    await served.capture(frame);
    await served.detect(frame);
    await expect.poll(() => viewer.pictures.length).toBe(1);
    expect(viewer.pictures[0]?.header).toMatchObject({
      cameraId: 'north/door',
      regions: [[10, 20, 30, 40]],
      objects: [{ className: 'person', score: 0.9 }],
      latencyMs: 100,
    });
  });

  it('lists no camera that was removed, and its events are found all the same', async () => {
    const cameras = async (): Promise<string[]> => {
      const reply = await fetch(`${served.url}/v1/cameras`);
      const told = z.object({ cameras: z.array(z.object({ cameraId: z.string() })) });
      return told.parse(await reply.json()).cameras.map(({ cameraId }) => cameraId);
    };
    for (const name of ['door', 'gate', 'yard']) await served.want(intentOf(`north/${name}`));
    for (const seq of [1, 2, 3]) await served.detect(frameOf(seq));
    await expect.poll(cameras).toEqual(['north/door', 'north/gate', 'north/yard']);

    const producer = await served.bus.producer();
    const left = { cameraId: 'north/gate', source: '' };
    const announcement = {
      site: 'north',
      timezone: 'UTC',
      cameras: [left, { ...left, cameraId: 'north/yard' }],
      atUs: 1,
    };
    await producer.send(topicNames.sites, siteAnnouncementEvent.encode(announcement));
    await expect.poll(cameras).toEqual(['north/gate', 'north/yard']);
    await producer.send(topicNames.cameraIntent, { key: 'north/yard', headers: {}, body: new Uint8Array(0) });
    await expect.poll(cameras).toEqual(['north/gate']);
    await producer.send(topicNames.sites, { key: 'north', headers: {}, body: new Uint8Array(0) });
    await expect.poll(cameras).toEqual([]);

    const found = async () => (await fetch(`${served.url}/v1/events?camera=north/door`)).json();
    await expect.poll(found).toMatchObject({ items: [{ cameraId: 'north/door', detections: 3 }] });
    expect(served.log()).not.toContain('a message was passed over');
  });

  it('sends a slow browser only the newest picture of each camera, and a quick one all', async () => {
    const [slow, quick] = [await view({ draws: false }), await view()];
    for (const viewer of [slow, quick]) viewer.say({ type: 'watch', cameras: ['north/door'] });
    const last = 60;
    for (let seq = 1; seq <= last; seq++) {
      const frame = frameOf(seq);
      await served.capture(frame);
      await served.detect(frame);
      await expect.poll(() => quick.pictures.length).toBe(seq);
    }
    expect(slow.pictures.length).toBeLessThan(20);
    slow.say({ type: 'drawn', number: slow.pictures.length });
    const before = slow.pictures.length;
    await expect.poll(() => slow.pictures.length).toBe(before + 1);
    expect(slow.pictures.at(-1)?.header.capturedAtUs).toBe(frameOf(last).capturedAtUs);
  });

  it('shows a picture without boxes when no detector answers', async () => {
    const viewer = await view();
    viewer.say({ type: 'watch', cameras: ['north/door'] });
    await served.capture(frameOf(1));
    await expect.poll(() => viewer.pictures.length, { timeout: 10_000 }).toBe(1);
    expect(viewer.pictures[0]?.header.objects).toBeNull();
  });

  it('ends a connection that says what nobody understands, and goes on with the others', async () => {
    const [mad, sane] = [await view(), await view()];
    mad.say('{"type":"watch","cameras":7}');
    expect(await mad.closed).toBe(1008);
    sane.say({ type: 'watch', cameras: ['north/door'] });
    await served.capture(frameOf(1));
    await served.detect(frameOf(1));
    await expect.poll(() => sane.pictures.length).toBe(1);
  });

  it.each([
    ['LOCKED', 'locked by another process'],
    ['FULL', 'disk of the history is full'],
    ['UNAVAILABLE', 'history does not answer'],
    ['CORRUPT', 'history is damaged'],
  ] as const)('goes on while the history is %s, and says so', async (code, told) => {
    await served.close();
    const fails = () => Promise.reject(new HistoryStoreError(code, 'history /secret/path: not now'));
    const store: HistoryStore = { ...served.past, write: fails, readDocument: fails, series: fails };
    served = await startTestConsole({ past: { store, retention: defaultRetention } });
    const viewer = await view();
    viewer.say({ type: 'watch', cameras: ['north/door'] });
    await served.capture(frameOf(1));
    await served.detect(frameOf(1));
    await expect.poll(() => viewer.pictures.length).toBe(1);
    await expect
      .poll(() => viewer.told, { timeout: 5000 })
      .toContainEqual(expect.objectContaining({ type: 'state', troubles: [expect.stringContaining(told)] }));
    expect(JSON.stringify(viewer.told)).not.toContain('/secret');
  });

  it('tells the age of a picture by the clock of the cloud, however wrong the clock of its site is', async () => {
    const viewer = await view();
    viewer.say({ type: 'watch', cameras: ['north/door'] });
    const frame = frameOf(1, { capturedAtUs: 1e9, clock: { offsetUs: 5e6, errorUs: 1000 } });
    await served.capture(frame);
    await served.detect(frame);
    await expect.poll(() => viewer.pictures.length).toBe(1);
    expect(viewer.pictures[0]?.header.capturedAtUs).toBe(1e9 + 5e6);
  });

  it.each([
    ['of another origin', 'https://evil.example', 403],
    ['that it served itself', undefined, 101],
  ])('is asked for by a page %s', async (_what, origin, status) => {
    const { hostname, port, origin: own } = new URL(served.url);
    const asked = request({
      hostname,
      port,
      path: '/v1/live',
      headers: {
        connection: 'upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
        origin: origin ?? own,
      },
    });
    asked.end();
    const [answered] = await Promise.race([once(asked, 'response'), once(asked, 'upgrade')]);
    expect(answered).toMatchObject({ statusCode: status });
    asked.socket?.destroy();
  });
});
