import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEdgeMemory } from '@framegate/camera-pipeline';
import type { Detection } from '@framegate/contracts';
import { cloudTopics, detectionEvent, topicNames } from '@framegate/contracts';
import type { TestBroker } from '@framegate/kafka-local';
import { startTestBroker, whyNoTestBroker } from '@framegate/kafka-local';
import type { MessageBus } from '@framegate/message-bus';
import { InProcessBus } from '@framegate/message-bus';
import { createKafkaBus } from '@framegate/message-bus-kafka';
import { createDetector, resolveModel } from '@framegate/object-detector';
import { auditTopics } from '@framegate/run-observer';
import { createScene } from '@framegate/scene';
import { createClock, createLogger, createMetrics } from '@framegate/service-kit';
import { readSite } from '@framegate/site-file';
import { need } from '@framegate/test-kit';
import { openWriter } from '@framegate/video-source';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAllInOne } from '../src/index.ts';
import type { ServiceProcess } from './service-process.ts';
import { startService } from './service-process.ts';

const model = 'street-nano';
const cameras = ['a', 'b'];
const framesPerClip = 150;
const hasBroker = need('a Kafka broker', () => whyNoTestBroker() === undefined, 'install Java 17 and Maven');

describe.skipIf(!hasBroker)('the three services by themselves on a real broker', () => {
  let folder: string;
  let siteFile: string;
  let broker: TestBroker;
  let bus: MessageBus;
  let detections: Map<string, Detection>;
  let started: ServiceProcess[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'framegate-'));
    for (const [index, name] of cameras.entries()) await renderClip(join(folder, `${name}.mp4`), 30 + index);
    siteFile = join(folder, 'site.yaml');
    const list = cameras.map(
      (name) => `  - { id: ${name}, source: ${join(folder, `${name}.mp4`)}, model: ${model} }`,
    );
    writeFileSync(siteFile, ['site: north', 'cameras:', ...list, ''].join('\n'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeEach(async () => {
    broker = await startTestBroker();
    bus = createKafkaBus({ brokers: broker.brokers, clientId: 'test' });
    started = [];
    detections = await collectDetections(bus);
  });
  afterEach(async () => {
    started.forEach((service) => service.kill('SIGKILL'));
    await Promise.all(started.map(({ exited }) => exited));
    await bus.close();
    await broker.stop();
  });

  function start(
    name: 'motion-detection' | 'inference' | 'controller',
    env: Record<string, string> = {},
  ): ServiceProcess {
    const service = startService(name, {
      KAFKA_BROKERS: broker.brokers.join(','),
      FRAMEGATE_LOSSLESS: 'true',
      ...(name === 'controller' ? { FRAMEGATE_MODE: 'pause' } : { FRAMEGATE_INSTANCE: name }),
      ...(name === 'inference' ? { FRAMEGATE_MODEL: model } : {}),
      ...(name === 'motion-detection'
        ? { FRAMEGATE_SITE_FILE: siteFile, FRAMEGATE_STATE_DIR: join(folder, 'state') }
        : {}),
      ...env,
    });
    started.push(service);
    return service;
  }

  it('find the same as one process does, and every frame has its fate', async () => {
    const inference = start('inference');
    start('controller');
    const edge = start('motion-detection');
    expect(await edge.exited, edge.output()).toBe(0);
    await expect
      .poll(() => auditTopics(bus, true), { timeout: 40_000, interval: 500 })
      .toMatchObject({ complaints: [], lost: 0 });
    const metrics = await (await fetch(`${inference.url()}/metrics`)).text();
    expect(metrics).toMatch(
      /framegate_frame_outcomes_total\{camera="north\/a",kind="live",outcome="analysed"\} [1-9]/,
    );
    inference.kill('SIGTERM');
    expect(await inference.exited, inference.output()).toBe(0);

    const alone = await runInOneProcess(siteFile);
    expect([...detections.keys()].toSorted()).toEqual([...alone.keys()].toSorted());
    for (const [id, objects] of alone) expect(objectsOf(detections.get(id))).toEqual(objects);
    expect(alone.size).toBeGreaterThan(50);
  }, 180_000);

  it('lose and double nothing when inference is killed in the middle and started again', async () => {
    const first = start('inference');
    start('controller');
    const edge = start('motion-detection');
    await expect.poll(() => detections.size, { timeout: 60_000 }).toBeGreaterThan(10);
    first.kill('SIGKILL');
    await first.exited;
    const second = start('inference');
    expect(await edge.exited, edge.output()).toBe(0);
    await expect
      .poll(() => auditTopics(bus, true), { timeout: 60_000, interval: 500 })
      .toMatchObject({ complaints: [], lost: 0 });
    const audit = await auditTopics(bus, true);
    expect(audit).toMatchObject({ lost: 0, doubled: 0, unknownAtCrash: 0, complaints: [] });
    expect(audit.edge.captured).toBe(cameras.length * framesPerClip);
    expect(audit.cloud.analysed).toBe(audit.edge.published);
    second.kill('SIGTERM');
    expect(await second.exited, second.output()).toBe(0);
  }, 180_000);
});

async function renderClip(path: string, seed: number): Promise<void> {
  const size = { width: 640, height: 360 };
  const scene = createScene({ name: 'plaza', seed, ...size, framesPerSecond: 10 });
  const writer = await openWriter(path, { ...size, framesPerSecond: 10 });
  for (let i = 0; i < framesPerClip; i++) writer.write(scene.render(i));
  await writer.close();
}

async function collectDetections(bus: MessageBus): Promise<Map<string, Detection>> {
  const found = new Map<string, Detection>();
  await bus.ensureTopics(cloudTopics(4));
  await bus.subscribe({
    topics: [topicNames.detections],
    group: null,
    from: 'earliest',
    handler: async (delivery) => {
      const detection = detectionEvent.decode(delivery);
      found.set(`${detection.cameraId}/${detection.seq}`, detection);
    },
  });
  return found;
}

async function runInOneProcess(siteFile: string): Promise<Map<string, unknown>> {
  const bus = new InProcessBus();
  const site = readSite(siteFile, {});
  const found = await collectDetections(bus);
  const run = await startAllInOne({
    ...site,
    bus,
    partitions: 4,
    clock: createClock(),
    memory: createEdgeMemory(),
    metrics: createMetrics(),
    logger: createLogger({
      name: 'test',
      level: 'silent',
    }),
    openDetector: async (name) => createDetector({ model: await resolveModel(name) }),
    defaultModel: model,
    pace: 'none',
    loop: false,
    lossless: true,
    group: 'test',
  });
  await run.sourcesEnded;
  await run.drain();
  await run.close();
  return new Map([...found].map(([id, detection]) => [id, objectsOf(detection)]));
}

function objectsOf(detection: Detection | undefined): unknown {
  return detection?.objects;
}
