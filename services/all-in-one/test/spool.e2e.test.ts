import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backfillTopic, decodeFrame } from '@framegate/contracts';
import type { TestBroker } from '@framegate/kafka-local';
import { startTestBroker, whyNoTestBroker } from '@framegate/kafka-local';
import type { MessageBus } from '@framegate/message-bus';
import { createKafkaBus } from '@framegate/message-bus-kafka';
import { auditTopics } from '@framegate/run-observer';
import { eventually, need } from '@framegate/test-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServiceProcess } from './service-process.ts';
import { counted, logged, patience, readiness, startService } from './service-process.ts';

const hasBroker = need('a Kafka broker', () => whyNoTestBroker() === undefined, 'install Java 17 and Maven');
const framesPerSecond = 5;
const cameras = ['a', 'b'];

let folder: string;
let broker: TestBroker;
let bus: MessageBus;
let started: ServiceProcess[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'framegate-'));
  started = [];
  const lines = cameras.map(
    (id, i) =>
      `  - { id: ${id}, source: "scene:plaza?seed=${30 + i}&fps=${framesPerSecond}&size=320x180", model: street-nano }`,
  );
  writeFileSync(join(folder, 'site.yaml'), ['site: north', 'cameras:', ...lines, ''].join('\n'));
  broker = await startTestBroker();
  bus = createKafkaBus({ brokers: broker.brokers, clientId: 'test' });
});
afterEach(async () => {
  started.forEach((service) => service.kill('SIGKILL'));
  await Promise.all(started.map(({ exited }) => exited));
  await bus.close();
  await broker.stop();
  rmSync(folder, { recursive: true });
});

function start(name: Parameters<typeof startService>[0], environment: Record<string, string> = {}) {
  const service = startService(name, {
    KAFKA_BROKERS: broker.brokers.join(','),
    FRAMEGATE_PARTITIONS: '2',
    ...environment,
  });
  started.push(service);
  return service;
}

const startEdge = (): ServiceProcess =>
  start('motion-detection', {
    FRAMEGATE_SITE_FILE: join(folder, 'site.yaml'),
    FRAMEGATE_STATE_DIR: join(folder, 'state'),
    FRAMEGATE_BACKFILL_KBPS: '50000',
  });
const spooled = (edge: ServiceProcess): Promise<number> => counted(edge, /edge_spool_frames\{/);
const fate = (edge: ServiceProcess, name: string): Promise<number> =>
  counted(edge, new RegExp(`edge_frames_total\\{.*fate="${name}"`));

describe.skipIf(!hasBroker)('a site whose broker goes away', () => {
  it('loses no frame with motion, though it is killed meanwhile and starts again without the broker', async () => {
    start('controller');
    const inference = start('inference', { FRAMEGATE_MODEL: 'street-nano' });
    const first = startEdge();
    await eventually(async () => (await fate(first, 'published')) > 5, patience);
    await broker.kill();
    await eventually(async () => (await spooled(first)) > 8, patience);
    first.kill('SIGKILL');
    await first.exited;

    const second = startEdge();
    await logged(second, /"http|listening/);
    await eventually(async () => (await spooled(second)) > 12, { ...patience, timeoutMs: 90_000 });
    await broker.restart();
    await eventually(async () => (await readiness(second)).status === 200, patience);
    await eventually(
      async () => (await fate(second, 'backfilled')) > 12 && (await spooled(second)) === 0,
      patience,
    );
    second.kill('SIGTERM');
    expect(await second.exited, second.output()).toBe(0);
    await eventually(
      async () => (await counted(inference, /frame_outcomes_total\{.*kind="backfill"/)) > 12,
      patience,
    );

    await expect
      .poll(() => auditTopics(bus, true), { timeout: 40_000, interval: 500 })
      .toMatchObject({ complaints: [], lost: 0, doubled: 0 });
    const audit = await auditTopics(bus, true);
    expect(audit.edge.discarded).not.toHaveProperty('busAway');
    expect(audit.edge.spooled).toBe(0);
    expect(audit.edge.backfilled).toBeGreaterThan(12);
    // A second that was not told yet, one in memory, and what was on its way: at a frame rate that files don't exceed.
    expect(audit.unknownAtCrash).toBeLessThanOrEqual(cameras.length * framesPerSecond * 2.5);
    await expectOrder();
  }, 180_000);
});

/** Each camera's kept frames came in the order in which they were taken, as far as they came for the first time. */
async function expectOrder(): Promise<void> {
  const newest = new Map<string, number>();
  const seen = new Set<string>();
  const disorder: string[] = [];
  const reader = await bus.subscribe({
    topics: [backfillTopic('north')],
    group: null,
    from: 'earliest',
    handler: async (delivery) => {
      const { cameraId, epoch, seq } = decodeFrame(delivery);
      const [run, id] = [`${cameraId}/${epoch}`, `${cameraId}/${epoch}/${seq}`];
      if (seen.has(id)) return;
      seen.add(id);
      if (seq < (newest.get(run) ?? 0)) disorder.push(id);
      newest.set(run, seq);
    },
  });
  await reader.caughtUp();
  await reader.close();
  expect(seen.size).toBeGreaterThan(0);
  expect(disorder).toEqual([]);
}
