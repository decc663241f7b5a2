import type { CameraConfig, CameraIntent } from '@framegate/contracts';
import { cameraConfigEvent, cameraIntentEvent, cloudTopics, topicNames } from '@framegate/contracts';
import type { TestBroker } from '@framegate/kafka-local';
import { startTestBroker, whyNoTestBroker } from '@framegate/kafka-local';
import type { MessageBus } from '@framegate/message-bus';
import { createKafkaBus } from '@framegate/message-bus-kafka';
import type { TestRedis } from '@framegate/test-kit';
import { eventually, has, need, startTestRedis } from '@framegate/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceProcess } from './service-process.ts';
import { logged, patience, startService } from './service-process.ts';

const hasBroker = need('a Kafka broker', () => whyNoTestBroker() === undefined, 'install Java 17 and Maven');
const hasRedis = need(
  'Redis',
  () => has.command('redis-server', '--version'),
  'apt-get install redis-server',
);

const intent: CameraIntent = {
  cameraId: 's/a',
  revision: 0,
  motionMasks: [],
  privacyMasks: [],
  zones: [],
  classes: [],
  objectiveMs: 500,
  preRollSeconds: 0,
  postRollSeconds: 1,
  keepAliveSeconds: 10,
  wanted: { framesPerSecond: 10, width: 1280, quality: 80, motionSensitivity: 50, model: 'm' },
};

describe.runIf(hasBroker && hasRedis)('a controller that is killed with -9', () => {
  let broker: TestBroker;
  let redis: TestRedis;
  let bus: MessageBus;
  const configs: CameraConfig[] = [];
  const started: ServiceProcess[] = [];

  beforeAll(async () => {
    [broker, redis] = await Promise.all([startTestBroker(), startTestRedis()]);
    bus = createKafkaBus({ brokers: broker.brokers, clientId: 'test' });
    await bus.ensureTopics(cloudTopics(1));
    await bus.subscribe({
      topics: [topicNames.cameraConfig],
      group: null,
      from: 'earliest',
      handler: async (delivery) => void configs.push(cameraConfigEvent.decode(delivery)),
    });
  });
  afterAll(async () => {
    for (const service of started) service.kill('SIGKILL');
    await Promise.all(started.map(({ exited }) => exited));
    await bus?.close();
    await redis?.stop();
    await broker?.stop();
  });

  const start = (): ServiceProcess => {
    const service = startService('controller', {
      KAFKA_BROKERS: broker.brokers.join(),
      FRAMEGATE_REDIS_URL: redis.url,
      FRAMEGATE_PARTITIONS: '1',
    });
    started.push(service);
    return service;
  };
  const want = async (change: Partial<CameraIntent>): Promise<void> => {
    const producer = await bus.producer();
    await producer.send(topicNames.cameraIntent, cameraIntentEvent.encode({ ...intent, ...change }));
    await producer.close();
  };
  const isLeading = ({ output }: ServiceProcess): boolean => /"msg":"leads"/.test(output());
  const status = async ({ url }: ServiceProcess) => (await fetch(`${url()}/v1/status`)).json();

  it('is followed by its standby, which goes on from what was stored, and stands by itself when it is back', async () => {
    await want({});
    const leader = start();
    await logged(leader, /leads"/);
    const standby = start();
    await logged(standby, /"url":"http/);
    await eventually(() => configs.length > 0, patience);
    const pinned = await fetch(`${leader.url()}/v1/pins`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ lever: 'frame-rate', cameras: '*', value: 3, by: 'a test' }),
    });
    expect(pinned.status).toBe(200);
    await eventually(() => configs.at(-1)?.framesPerSecond === 3, patience);
    const before = configs.at(-1)!;
    expect(await status(standby)).toEqual({ leading: false });
    expect(isLeading(standby)).toBe(false);

    leader.kill('SIGKILL');
    await leader.exited;
    await eventually(() => isLeading(standby), patience);
    await want({ revision: 1, wanted: { ...intent.wanted, width: 640 } });
    await eventually(() => configs.at(-1)?.width === 640, patience);
    const after = configs.at(-1)!;
    expect(after.token).toBeGreaterThan(before.token);
    expect(after.framesPerSecond).toBe(3);
    expect(after.partition).toBe(before.partition);
    expect(await status(standby)).toMatchObject({ leading: true, pins: [{ lever: 'frame-rate', value: 3 }] });

    const back = start();
    await logged(back, /"url":"http/);
    await eventually(async () => (await fetch(`${back.url()}/readyz`)).status === 200, patience);
    expect(await status(back)).toEqual({ leading: false });
    expect(configs.every(({ token }) => token <= after.token)).toBe(true);
  });
});
