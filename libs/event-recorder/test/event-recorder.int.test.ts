import type { Detection, Frame } from '@framegate/contracts';
import { cloudTopics, detectionEvent, siteTopics, topicNames } from '@framegate/contracts';
import type { HistoryStore } from '@framegate/history-store';
import { HistoryStoreError, openSqliteHistory } from '@framegate/history-store';
import { InProcessBroker, InProcessBus } from '@framegate/message-bus';
import { eventually } from '@framegate/test-kit';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEventRecorder } from '../src/index.ts';
import type { AppearanceChange } from '../src/index.ts';
import { detectionAt, t0Us, walker } from './detections-fixture.ts';

let broker: InProcessBroker;
let bus: InProcessBus;
let store: HistoryStore;
let troubles: unknown[];
const frameListeners = new Set<(frame: Frame) => void>();

beforeEach(async () => {
  troubles = [];
  broker = new InProcessBroker();
  bus = new InProcessBus({ broker });
  store = openSqliteHistory({ path: ':memory:' });
  await bus.ensureTopics([...cloudTopics(2), ...siteTopics('north', 2)]);
});
afterEach(async () => {
  await bus.close();
  await store.close();
});

const record = (options: Partial<Parameters<typeof startEventRecorder>[1]> = {}) =>
  startEventRecorder(bus, {
    store,
    frames: {
      onFrame(listener) {
        frameListeners.add(listener);
        return () => frameListeners.delete(listener);
      },
    },
    nowUs: () => t0Us + 60e6,
    flushEveryMs: 5,
    onTrouble: (error) => troubles.push(error),
    ...options,
  });

async function say(...detections: readonly Detection[]): Promise<void> {
  const producer = await bus.producer();
  for (const detection of detections)
    await producer.send(topicNames.detections, detectionEvent.encode(detection));
}

const walk = (from: number, until: number): Detection[] =>
  Array.from({ length: Math.round((until - from) * 5) }, (_, i) => from + i / 5).map((t) =>
    detectionAt(t, [walker(t)]),
  );
const appearances = async () => (await store.findAppearances({ limit: 99 })).items;

describe('the recorder of events', () => {
  it('writes down who was seen, with a picture', async () => {
    const recorder = await record();
    const image = sharp({ create: { width: 640, height: 360, channels: 3, background: '#557799' } });
    const jpeg = await image.jpeg().toBuffer();
    for (const { epoch, seq, kind, timesUs } of walk(0, 2)) {
      const frame: Frame = {
        cameraId: 'north/gate', epoch, seq, kind, jpeg,
        capturedAtUs: timesUs.captured, gatedAtUs: 0, encodedAtUs: 0, publishedAtUs: 0, objectiveMs: 500,
        configVersion: 1, width: 640, height: 360, sourceWidth: 1280, sourceHeight: 720, regions: [], score: 0.5,
        work: { decodeMs: 0, gateMs: 0, encodeMs: 0 },
      }; // prettier-ignore
      for (const listener of frameListeners) listener(frame);
    }
    await say(...walk(0, 2));
    await recorder.caughtUp();
    const [found] = await eventually(async () => {
      const items = await appearances();
      return items[0]?.hasThumbnail ? items : undefined;
    });
    expect(found).toMatchObject({ id: 'north.gate.7.1.0', open: true, detections: 10, startUs: t0Us });
    const thumbnail = await store.thumbnail(found!.id);
    expect((await sharp(thumbnail!).metadata()).width).toBe(320);
    expect(recorder.thumbnail(found!.id)).toEqual(thumbnail);
    await recorder.close();
    expect(troubles).toEqual([]);
  });

  it('goes on where it was after a restart, and counts nothing twice', async () => {
    const first = await record();
    await say(...walk(0, 1));
    await first.caughtUp();
    await first.close();
    await say(...walk(0, 1), ...walk(1, 2));
    const second = await record();
    await second.caughtUp();
    await second.close();
    expect(await appearances()).toMatchObject([{ id: 'north.gate.7.1.0', detections: 10, startUs: t0Us }]);
  });

  it('reads again what the store did not have when it was killed', async () => {
    const broken: HistoryStore = {
      ...store,
      write: () => Promise.reject(new HistoryStoreError('FULL', 'no space')),
    };
    const first = await record({ store: broken });
    await say(...walk(0, 1));
    await eventually(() => troubles.length > 0);
    await first.close();
    expect(await appearances()).toEqual([]);
    const second = await record();
    await second.caughtUp();
    await second.close();
    expect(await appearances()).toMatchObject([{ detections: 5 }]);
  });

  it('waits while the store is away, and loses nothing', async () => {
    let isAway = true;
    const down = () => Promise.reject(new HistoryStoreError('UNAVAILABLE', 'gone'));
    const shaky: HistoryStore = {
      ...store,
      readDocument: (key) => (isAway ? down() : store.readDocument(key)),
      write: (batch) => (isAway ? down() : store.write(batch)),
    };
    const recorder = await record({ store: shaky });
    await say(...walk(0, 2));
    await eventually(() => troubles.length > 1);
    isAway = false;
    await recorder.caughtUp();
    expect(await appearances()).toMatchObject([{ detections: 10 }]);
    await recorder.close();
  });

  it('joins what comes late, at the latest when it ends', async () => {
    const recorder = await record();
    await say(...walk(3, 5));
    await say(...[1, 1.5, 2, 2.5].map((t) => detectionAt(t, [walker(t)], { kind: 'preroll' })));
    await recorder.caughtUp();
    await recorder.close();
    expect(await appearances()).toMatchObject([{ startUs: t0Us + 1e6, endUs: t0Us + 4.8e6, detections: 14 }]);
  });

  it('tells at once what changed, and of which detection, and passes garbage over', async () => {
    const changes: [AppearanceChange['kind'], number | undefined][] = [];
    const recorder = await record({
      onChange: ({ kind }, detection) => changes.push([kind, detection?.seq]),
    });
    const producer = await bus.producer();
    await producer.send(topicNames.detections, { key: 'x', headers: {}, body: new Uint8Array([1, 2]) });
    await say(...walk(0, 0.6), detectionAt(30, []));
    await recorder.caughtUp();
    expect(changes).toEqual([
      ['started', 3],
      ['updated', 5],
      ['ended', 301],
    ]);
    await recorder.close();
  });
});
