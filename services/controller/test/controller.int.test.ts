import type { CameraConfig, CameraIntent, EventMessage } from '@framegate/contracts';
import {
  cameraConfigEvent,
  cameraIntentEvent,
  cloudTopics,
  supersedes,
  topicNames,
} from '@framegate/contracts';
import type { MessageBus } from '@framegate/message-bus';
import { InProcessBus } from '@framegate/message-bus';
import { createHealth, createLogger, createMetrics } from '@framegate/service-kit';
import type { StateStore } from '@framegate/state-store';
import { createInProcessStore } from '@framegate/state-store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startController } from '../src/index.ts';

let bus: InProcessBus;
let published: CameraConfig[];
let controllers: { close(): Promise<void> }[];
let started = 0;

beforeEach(async () => {
  bus = new InProcessBus();
  published = [];
  controllers = [];
  await bus.ensureTopics(cloudTopics(4));
  await bus.subscribe({
    topics: [topicNames.cameraConfig],
    group: null,
    from: 'earliest',
    handler: async (delivery) => void published.push(cameraConfigEvent.decode(delivery)),
  });
});
afterEach(async () => {
  for (const controller of controllers) await controller.close();
  await bus.close();
});

async function start({
  onBus = bus,
  store = createInProcessStore(() => performance.now()),
}: { onBus?: MessageBus; store?: StateStore } = {}) {
  started += 1;
  const controller = await startController({
    bus: onBus,
    partitions: 4,
    nowUs: () => 1e15,
    cores: 2,
    store,
    holder: `holder ${started}`,
    logger: createLogger({ name: 'test', level: 'silent' }),
    metrics: createMetrics(),
    health: createHealth(['bus', 'directory']),
  });
  controllers.push(controller);
}

async function tell(topic: string, event: EventMessage): Promise<void> {
  const producer = await bus.producer();
  await producer.send(topic, event);
}

function want(cameraId: string, revision = 0, framesPerSecond = 10): Promise<void> {
  const intent: CameraIntent = {
    cameraId,
    revision,
    motionMasks: [],
    privacyMasks: [],
    zones: [],
    classes: [],
    objectiveMs: 500,
    preRollSeconds: 0,
    postRollSeconds: 1,
    keepAliveSeconds: 10,
    wanted: { framesPerSecond, width: 1280, quality: 80, motionSensitivity: 50, model: 'm' },
  };
  return tell(topicNames.cameraIntent, cameraIntentEvent.encode(intent));
}

const newestOf = (cameraId: string): CameraConfig | undefined =>
  published
    .filter((config) => config.cameraId === cameraId)
    .reduce<CameraConfig | undefined>((best, next) => (supersedes(next, best) ? next : best), undefined);

describe('the controller', () => {
  it('configures the cameras that it finds, each on a partition of its own, and those that come later', async () => {
    await want('s/a');
    await want('s/b');
    await start();
    await expect.poll(() => published.length).toBe(2);
    await want('s/c', 3, 4);
    await expect
      .poll(() => newestOf('s/c'))
      .toMatchObject({ framesPerSecond: 4, intentRevision: 3, version: 1 });
    expect(new Set(published.map(({ partition }) => partition)).size).toBe(3);
  });

  it('publishes a changed intent once, on the same partition', async () => {
    await want('s/a');
    await start();
    await expect.poll(() => published.length).toBe(1);
    await want('s/a', 1, 2);
    await expect.poll(() => newestOf('s/a')).toMatchObject({ framesPerSecond: 2, version: 2 });
    await want('s/b');
    await expect.poll(() => newestOf('s/b')).toBeDefined();
    expect(published.map(({ cameraId, version }) => `${cameraId} ${version}`)).toEqual([
      's/a 1',
      's/a 2',
      's/b 1',
    ]);
    expect(published[1]?.partition).toBe(published[0]?.partition);
  });

  it('says nothing new after a restart, and then writes under a higher token', async () => {
    await want('s/a');
    await start();
    await expect.poll(() => published.length).toBe(1);
    await controllers.pop()?.close();
    await start();
    await want('s/a', 1);
    await expect.poll(() => published.length).toBe(2);
    expect(published.map(({ token, version }) => [token, version])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it('stands back from what a controller with a higher token has written', async () => {
    await want('s/a');
    await start();
    await expect.poll(() => published.length).toBe(1);
    const { cameraId, ...first } = published[0]!;
    const newer = { ...first, cameraId, token: 9, version: 1 };
    await tell(topicNames.cameraConfig, cameraConfigEvent.encode(newer));
    await want('s/a', 1, 3);
    await want('s/z');
    await expect.poll(() => newestOf('s/z')).toBeDefined();
    expect(newestOf('s/a')).toEqual(newer);
    expect(published.filter((config) => config.cameraId === 's/a').length).toBe(2);
  });

  it('leaves the work to the leader while it stands by, and goes on where the leader ended', async () => {
    const store = createInProcessStore(() => performance.now());
    await want('s/a');
    await start({ store });
    await start({ store });
    await want('s/b');
    await expect.poll(() => newestOf('s/b')).toBeDefined();
    expect(published.map(({ cameraId, token }) => [cameraId, token])).toEqual([
      ['s/a', 1],
      ['s/b', 1],
    ]);

    await controllers.shift()?.close();
    await want('s/c');
    await expect.poll(() => newestOf('s/c'), { timeout: 20_000 }).toMatchObject({ token: 2 });
    expect(published.length).toBe(3);
  });

  it('passes over what is no intent', async () => {
    await tell(topicNames.cameraIntent, { key: 'x', headers: {}, body: new Uint8Array([1]) });
    await tell(topicNames.cameraIntent, {
      key: 's/a',
      headers: { ce_type: 'io.framegate.camera-intent.v99' },
      body: new TextEncoder().encode('{}'),
    });
    await start();
    await want('s/a');
    await expect.poll(() => newestOf('s/a')).toMatchObject({ version: 1 });
  });

  it('tries again by itself when a configuration could not be published', async () => {
    await want('s/a');
    let refusals = 1;
    const flaky = new Proxy(bus, {
      get(target, name) {
        if (name !== 'producer') {
          const value: unknown = Reflect.get(target, name, target);
          return typeof value === 'function' ? value.bind(target) : value;
        }
        return async () => {
          const producer = await target.producer();
          return {
            ...producer,
            close: () => producer.close(),
            send: (topic: string, message: EventMessage) =>
              refusals-- > 0 ? Promise.reject(new Error('refused')) : producer.send(topic, message),
          };
        };
      },
    });
    await start({ onBus: flaky });
    await expect.poll(() => newestOf('s/a'), { timeout: 10_000 }).toMatchObject({ version: 1 });
  });
});
