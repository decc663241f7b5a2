import { mkdirSync } from 'node:fs';
import type { FaultProxy } from '@framegate/fault-proxy';
import { startFaultProxy } from '@framegate/fault-proxy';
import type { TestBroker } from '@framegate/kafka-local';
import { freePorts, startTestBroker } from '@framegate/kafka-local';
import type { Experiment } from '../experiment.ts';
import { createCameraPod } from './camera-pod.ts';
import { createEdgePod, sceneSources } from './edge-pod.ts';
import { brokerHost } from './local-terms.ts';
import { createRedisPod } from './redis-pod.ts';
import type { Pod } from './service-process.ts';
import { createServicePod } from './service-process.ts';

/** Everything that an experiment starts, on this machine: a broker, perhaps a Redis, and the services as processes. */
export interface Plant {
  readonly brokers: readonly string[];
  readonly pods: readonly Pod[];
  /** The way of the site to the broker. */
  readonly uplink: FaultProxy;
  /** Another site, whose cameras come on top. @returns ends it */
  addSite(cameras: number, framesPerSecond: number): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export const site = 'north';
/** Of what comes on top for a while. */
export const addedSite = 'surge';
export const partitions = 4;

/** In the addresses of network cameras; no log may hold it. */
export const cameraPassword = 'no-log-tells-this';

const edgeStopMs = 15_000;

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
  }, brokerHost);
  if (!uplink) throw new Error('the broker started without its proxy');
  const proxy = uplink;
  const direct = { KAFKA_BROKERS: broker.brokers.join(','), FRAMEGATE_PARTITIONS: String(partitions) };
  const atSite = {
    ...direct,
    KAFKA_BROKERS: broker.proxiedBrokers.join(','),
    FRAMEGATE_BACKFILL_KBPS: String(start.backfillKbps),
    // Where there is no controller on purpose, cameras stay at what is wanted of them.
    ...(start.controllers === 0 && { FRAMEGATE_SAFE_AFTER_SECONDS: '0' }),
  };
  const pods: Pod[] = [createBrokerPod(broker)];
  const add = async (pod: Pod): Promise<void> => {
    await pod.start();
    pods.push(pod);
  };
  const [redisPort] = start.redis ? await freePorts(1, '127.0.0.1') : [];
  if (redisPort !== undefined) await add(createRedisPod(redisPort, folder));
  const leases = redisPort === undefined ? {} : { FRAMEGATE_REDIS_URL: `redis://127.0.0.1:${redisPort}` };
  for (const name of numbered(start.controllers, 'controller'))
    await add(createServicePod('controller', name, { ...direct, ...leases }, folder));
  const model = { FRAMEGATE_MODEL: 'street-nano' };
  for (const name of numbered(start.inferences, 'inference'))
    await add(createServicePod('inference', name, { ...direct, ...model }, folder));
  const sources = await openCameras(start, add);
  await add(createEdgePod('edge', { site, sources, environment: atSite, folder }));

  return {
    brokers: broker.brokers,
    pods,
    uplink: proxy,
    async addSite(cameras, framesPerSecond) {
      const edge = createEdgePod('edge-surge', {
        site: addedSite,
        sources: sceneSources(cameras, framesPerSecond, 1031),
        environment: { ...atSite, KAFKA_BROKERS: broker.brokers.join(',') },
        folder,
      });
      await edge.start();
      return () => edge.stop(edgeStopMs);
    },
    async close() {
      await Promise.all(pods.filter(({ component }) => component !== 'kafka').map((pod) => pod.stop(3000)));
      await proxy.close();
      await broker.stop();
    },
  };
}

async function openCameras(
  { cameras, framesPerSecond, source }: Experiment['start'],
  add: (pod: Pod) => Promise<void>,
): Promise<string[]> {
  if (source === 'scene') return sceneSources(cameras, framesPerSecond, 31);
  const [port = 0] = await freePorts(1, '127.0.0.1');
  await add(createCameraPod(port, framesPerSecond));
  return numbered(cameras, 'camera').map(
    (name) => `http://viewer:${cameraPassword}@127.0.0.1:${port}/${name}.mjpeg`,
  );
}

function numbered(count: number, name: string): string[] {
  return Array.from({ length: count }, (_, i) => `${name}-${i + 1}`);
}

const mostStarts = 5;

/** Killed while it starts, a broker is started again, as its node does. */
async function restart(broker: TestBroker, starts = 1): Promise<void> {
  try {
    await broker.restart();
  } catch (error) {
    if (starts === mostStarts) throw error;
    await restart(broker, starts + 1);
  }
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
    start: () => restart(broker),
    stop: () => broker.stop(),
  };
}
