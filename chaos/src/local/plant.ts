import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { FaultProxy } from '@framegate/fault-proxy';
import { startFaultProxy } from '@framegate/fault-proxy';
import type { TestBroker } from '@framegate/kafka-local';
import { startTestBroker } from '@framegate/kafka-local';
import type { Experiment } from '../experiment.ts';
import { createRedisPod } from './redis-pod.ts';
import type { Pod } from './service-process.ts';
import { createServicePod } from './service-process.ts';

/** Everything that an experiment starts, on this machine: a broker, perhaps a Redis, and the services as processes. */
export interface Plant {
  readonly brokers: readonly string[];
  readonly pods: readonly Pod[];
  /** The way of the site to the broker. */
  readonly uplink: FaultProxy;
  close(): Promise<void>;
}

export const site = 'north';
export const partitions = 4;

export async function startPlant(
  { start }: Experiment,
  folder: string,
  random: () => number,
): Promise<Plant> {
  mkdirSync(folder, { recursive: true });
  let uplink: FaultProxy | undefined;
  const broker = await startTestBroker(async (target) => {
    uplink = await startFaultProxy({ target, random });
    return uplink.port;
  });
  if (!uplink) throw new Error('the broker started without its proxy');
  const pods: Pod[] = [createBrokerPod(broker)];
  const redisPort = start.redis ? await freePort() : undefined;
  if (redisPort !== undefined) {
    const redis = createRedisPod(redisPort, folder);
    await redis.start();
    pods.push(redis);
  }
  const direct = { KAFKA_BROKERS: broker.brokers.join(','), FRAMEGATE_PARTITIONS: String(partitions) };
  const services = [
    ...numbered(start.controllers, 'controller').map((name) =>
      createServicePod(
        'controller',
        name,
        {
          ...direct,
          ...(redisPort === undefined ? {} : { FRAMEGATE_REDIS_URL: `redis://127.0.0.1:${redisPort}` }),
        },
        folder,
      ),
    ),
    ...numbered(start.inferences, 'inference').map((name) =>
      createServicePod('inference', name, { ...direct, FRAMEGATE_MODEL: 'street-nano' }, folder),
    ),
    createServicePod(
      'motion-detection',
      'edge',
      {
        ...direct,
        KAFKA_BROKERS: broker.proxiedBrokers.join(','),
        FRAMEGATE_SITE_FILE: writeSite(folder, start),
        FRAMEGATE_STATE_DIR: join(folder, 'edge-state'),
        FRAMEGATE_BACKFILL_KBPS: String(start.backfillKbps),
      },
      folder,
    ),
  ];
  for (const service of services) await service.start();
  pods.push(...services);
  const proxy = uplink;
  return {
    brokers: broker.brokers,
    pods,
    uplink: proxy,
    async close() {
      await Promise.all(pods.filter(({ component }) => component !== 'kafka').map((pod) => pod.stop(3000)));
      await proxy.close();
      await broker.stop();
    },
  };
}

function numbered(count: number, name: string): string[] {
  return Array.from({ length: count }, (_, i) => `${name}-${i + 1}`);
}

function createBrokerPod(broker: TestBroker): Pod {
  return {
    name: 'kafka',
    component: 'kafka',
    signal(signal) {
      if (signal === 'SIGSTOP') broker.pause();
      else if (signal === 'SIGCONT') broker.resume();
      else throw new Error(`the broker takes no ${signal} here`);
    },
    kill: () => broker.kill(),
    start: () => broker.restart(),
    stop: () => broker.stop(),
  };
}

function writeSite(folder: string, { cameras, framesPerSecond }: Experiment['start']): string {
  const path = join(folder, 'site.yaml');
  const lines = Array.from({ length: cameras }, (_, i) => {
    const source = `scene:plaza?seed=${31 + i}&fps=${framesPerSecond}&size=320x180`;
    return `  - { id: camera-${i + 1}, source: "${source}", model: street-nano, watching: frames }`;
  });
  writeFileSync(path, [`site: ${site}`, 'cameras:', ...lines, ''].join('\n'));
  return path;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
