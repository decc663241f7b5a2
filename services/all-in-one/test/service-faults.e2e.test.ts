import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from '@framegate/contracts';
import { cloudTopics, encodeFrame, framesTopic, siteTopics } from '@framegate/contracts';
import type { TestBroker } from '@framegate/kafka-local';
import { startTestBroker, whyNoTestBroker } from '@framegate/kafka-local';
import type { MessageBus } from '@framegate/message-bus';
import { createKafkaBus } from '@framegate/message-bus-kafka';
import { auditTopics } from '@framegate/run-observer';
import { createScene } from '@framegate/scene';
import { eventually, need } from '@framegate/test-kit';
import { openWriter } from '@framegate/video-source';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceProcess } from './service-process.ts';
import { counted, logged, patience, readiness, startService } from './service-process.ts';

type ServiceName = Parameters<typeof startService>[0];

const names: readonly ServiceName[] = ['controller', 'inference', 'motion-detection'];
const partitions = 2;
const framesPerClip = 120;
const hasBroker = need('a Kafka broker', () => whyNoTestBroker() === undefined, 'install Java 17 and Maven');
const unreachable = '127.0.0.1:1';
const analysed = /frame_outcomes_total\{.*outcome="analysed"/;

let folder: string;
let started: ServiceProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'framegate-'));
  await Promise.all(['a', 'b'].map((name, index) => renderClip(join(folder, `${name}.mp4`), 30 + index)));
  writeSite('site.yaml', { a: join(folder, 'a.mp4'), b: join(folder, 'b.mp4') });
});
afterEach(async () => {
  started.forEach((service) => service.kill('SIGKILL'));
  await Promise.all(started.map(({ exited }) => exited));
  started = [];
});
afterAll(() => rmSync(folder, { recursive: true }));

function start(name: ServiceName, env: Record<string, string> = {}): ServiceProcess {
  const service = startService(name, {
    KAFKA_BROKERS: unreachable,
    FRAMEGATE_PARTITIONS: String(partitions),
    ...(name === 'inference' ? { FRAMEGATE_MODEL: 'street-nano' } : {}),
    ...(name === 'motion-detection'
      ? { FRAMEGATE_SITE_FILE: join(folder, 'site.yaml'), FRAMEGATE_STATE_DIR: join(folder, 'state') }
      : {}),
    ...env,
  });
  started.push(service);
  return service;
}

describe('a service that is asked for wrongly', () => {
  it('exits 2 with one line for each mistake, without stack or secret', async () => {
    const site = writeSite('bad.yaml', { a: 'ftp://bob:hunter2@camera/1', B: 'scene:plaza' });
    const wrong = {
      FRAMEGATE_PARTITIONS: 'zero',
      FRAMEGATE_HTTP_PORT: '99999',
      FRAMEGATE_LOG_LEVEL: 'loud',
      KAFKA_BROKERS: 'nowhere',
      KAFKA_SASL_PASSWORD: 'hunter2',
    };
    const variables = Object.keys(wrong).filter((variable) => !variable.endsWith('PASSWORD'));
    const refusals = names.map(async (name) => {
      const service = start(
        name,
        name === 'motion-detection' ? { ...wrong, FRAMEGATE_SITE_FILE: site } : wrong,
      );
      expect(await service.exited).toBe(2);
      const lines = service.output().trimEnd().split('\n');
      for (const variable of variables)
        expect(lines.filter((line) => line.includes(variable))).toHaveLength(1);
      expect(service.output()).not.toMatch(/hunter2|\n\s+at /);
      return lines.slice(variables.length);
    });
    expect(await Promise.all(refusals)).toEqual([
      [],
      [],
      [expect.stringMatching(/bad\.yaml:3:\d+: /), expect.stringMatching(/bad\.yaml:4:\d+: /)],
    ]);
  });

  it('exits 2 with one line when its port, its model or its state folder can not be used', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await eventually(() => holder.listening);
    const address = holder.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const inUse = { FRAMEGATE_HTTP_PORT: String(port) };
    const model = { FRAMEGATE_MODEL: 'unheard-of' };
    const stateDir = { FRAMEGATE_STATE_DIR: join(folder, 'a.mp4', 'state') };
    const refused: { name: ServiceName; env: Record<string, string>; line: RegExp }[] = [
      ...names.map((name) => ({ name, env: inUse, line: /^port \d+ on .* is in use: / })),
      { name: 'inference', env: model, line: /^FRAMEGATE_MODEL: there is no model "unheard-of"/ },
      { name: 'motion-detection', env: stateDir, line: /^the state folder .* can't be written \(ENOTDIR\)/ },
    ];
    await Promise.all(
      refused.map(async ({ name, env, line }) => {
        const service = start(name, env);
        expect(await service.exited, service.output()).toBe(2);
        expect(service.output()).toMatch(line);
        expect(service.output().trimEnd().split('\n')).toHaveLength(1);
      }),
    );
    holder.close();
  });

  it('says that it waits for a broker and why none answers, is not ready meanwhile, and stops at once', async () => {
    await Promise.all(
      names.map(async (name) => {
        const service = start(name);
        await logged(service, /waiting for a broker to answer/);
        await eventually(async () => (await readiness(service)).body.includes('ECONNREFUSED'));
        expect(await readiness(service)).toMatchObject({ status: 503 });
        service.kill('SIGTERM');
        expect(await service.exited, service.output()).toBe(0);
      }),
    );
  });
});

describe.skipIf(!hasBroker)('the services on a real broker that misbehaves', () => {
  let broker: TestBroker;
  let bus: MessageBus;

  beforeAll(async () => {
    broker = await startTestBroker();
    bus = createKafkaBus({ brokers: broker.brokers, clientId: 'test' });
    await bus.ensureTopics([...cloudTopics(partitions), ...siteTopics('north', partitions)]);
  });
  afterAll(async () => {
    await bus.close();
    await broker.stop();
  });

  const startHere = (name: ServiceName, env: Record<string, string> = {}): ServiceProcess =>
    start(name, { KAFKA_BROKERS: broker.brokers.join(','), ...env });
  const startLossless = (name: ServiceName): ServiceProcess =>
    startHere(name, { FRAMEGATE_LOSSLESS: 'true' });
  const soundAudit = async (): Promise<Awaited<ReturnType<typeof auditTopics>>> => {
    await expect
      .poll(() => auditTopics(bus, true), { timeout: 40_000, interval: 500 })
      .toMatchObject({ complaints: [], lost: 0, doubled: 0, unknownAtCrash: 0 });
    return auditTopics(bus, true);
  };

  it('goes on without the camera that can never be read, and exits 1 at the end', async () => {
    const source = join(folder, 'none.mp4');
    writeFileSync(source, 'no video at all');
    const site = writeSite('one-broken.yaml', { a: source, b: join(folder, 'b.mp4') });
    const edge = startHere('motion-detection', {
      FRAMEGATE_SITE_FILE: site,
      FRAMEGATE_LOSSLESS: 'true',
      FRAMEGATE_CONFIG_WAIT_MS: '0',
    });
    expect(await edge.exited, edge.output()).toBe(1);
    expect(edge.output()).toMatch(/"level":"warn".*"cameraId":"north\/a".*none\.mp4/);
    const audit = await auditTopics(bus, false);
    expect(audit.edge.captured).toBe(framesPerClip);
    expect(audit.edge.published).toBeGreaterThan(0);
  });

  it('start without a broker, and find their way back when it is killed', async () => {
    await broker.kill();
    const services = names.map((name) =>
      startHere(name, name === 'motion-detection' ? { FRAMEGATE_LOOP: 'true' } : {}),
    );
    const [, inference, edge] = services;
    if (!inference || !edge) throw new Error('not started');
    await Promise.all(services.map((service) => logged(service, /waiting for a broker to answer/)));
    await broker.restart();
    for (const service of services)
      await eventually(async () => (await readiness(service)).status === 200, patience);
    await eventually(async () => (await counted(inference, analysed)) > 5, patience);

    await broker.kill();
    await eventually(async () => (await readiness(edge)).status === 503, patience);
    await eventually(async () => (await counted(edge, /edge_spool_frames\{/)) > 5, patience);
    const meanwhile = await counted(inference, analysed);
    await broker.restart();
    await eventually(async () => (await counted(inference, analysed)) > meanwhile + 5, patience);
    for (const service of services)
      expect(service.output().split('\n').length, service.output()).toBeLessThan(80);

    edge.kill('SIGTERM');
    expect(await edge.exited, edge.output()).toBe(0);
    // What was not delivered by now is known, and comes with the next process.
    const audit = await soundAudit();
    expect(audit.edge.discarded).not.toHaveProperty('busAway');
    expect(audit.edge.backfilled + audit.edge.spooled).toBeGreaterThan(5);
    inference.kill('SIGTERM');
    expect(await inference.exited, inference.output()).toBe(0);
  }, 120_000);

  it('set aside what is no frame of this site, and go on', async () => {
    const inference = startHere('inference');
    const producer = await bus.producer();
    const topic = framesTopic('north');
    const good = encodeFrame(frameOf('north/x', 2));
    const large = { ...encodeFrame(frameOf('north/x', 1)), body: jpegLike(3.5 * 1024 * 1024) };
    const later = { ...good, headers: { ...good.headers, ce_type: 'io.framegate.frame.v2' } };
    await producer.send(topic, { key: 'x', headers: {}, body: Buffer.from('no frame') });
    await producer.send(topic, later);
    await producer.send(topic, large);
    await producer.send(topic, encodeFrame(frameOf('south/x', 1)));
    await producer.send(topic, good);
    const refused = async (code: string): Promise<number> =>
      counted(inference, new RegExp(`quarantined_messages_total\\{code="${code}"`));
    for (const code of ['FOREIGN_CAMERA', 'TOO_LARGE'])
      await eventually(async () => (await refused(code)) === 1, patience);
    await eventually(async () => (await counted(inference, /quarantined_messages_total\{/)) === 4, patience);
    await eventually(
      async () => (await counted(inference, /frame_outcomes_total\{.*outcome="failed"/)) === 1,
      patience,
    );
    expect(await auditTopics(bus, true)).toMatchObject({ lost: 0, cloud: { quarantined: 4, failed: 1 } });
  });

  it('hand over to each other when one is stopped or killed, and lose nothing', async () => {
    const before = await auditTopics(bus, true);
    const [first, second] = [startLossless('inference'), startLossless('inference')];
    await Promise.all(
      [first, second].map((service) =>
        eventually(async () => (await readiness(service)).status === 200, patience),
      ),
    );
    const edge = startLossless('motion-detection');
    for (const service of [first, second])
      await eventually(async () => (await counted(service, analysed)) > 3, patience);
    first.kill('SIGKILL');
    await first.exited;
    const third = startLossless('inference');
    second.kill('SIGTERM');
    expect(await second.exited, second.output()).toBe(0);
    expect(await edge.exited, edge.output()).toBe(0);
    const audit = await soundAudit();
    expect(audit.edge.captured - before.edge.captured).toBe(2 * framesPerClip);
    expect(audit.cloud.analysed - before.cloud.analysed).toBe(audit.edge.published - before.edge.published);
    // A signal before it listens to any would kill it.
    await eventually(async () => (await readiness(third)).status === 200, patience);
    third.kill('SIGTERM');
    expect(await third.exited, third.output()).toBe(0);
  }, 120_000);

  it('let the edge stop in the middle, with every frame accounted for', async () => {
    const before = await auditTopics(bus, true);
    const edge = startHere('motion-detection', { FRAMEGATE_LOSSLESS: 'true', FRAMEGATE_LOOP: 'true' });
    const inference = startLossless('inference');
    await eventually(async () => (await counted(inference, analysed)) > 10, patience);
    edge.kill('SIGTERM');
    expect(await edge.exited, edge.output()).toBe(0);
    const audit = await soundAudit();
    expect(audit.edge.published).toBeGreaterThan(before.edge.published + 10);
  });
});

function writeSite(name: string, sources: Readonly<Record<string, string>>): string {
  const path = join(folder, name);
  const cameras = Object.entries(sources).map(
    ([id, source]) => `  - { id: ${id}, source: "${source}", model: street-nano, framesPerSecond: 20 }`,
  );
  writeFileSync(path, ['site: north', 'cameras:', ...cameras, ''].join('\n'));
  return path;
}

async function renderClip(path: string, seed: number): Promise<void> {
  const size = { width: 320, height: 180 };
  const scene = createScene({ name: 'plaza', seed, ...size, framesPerSecond: 20 });
  const writer = await openWriter(path, { ...size, framesPerSecond: 20 });
  for (let i = 0; i < framesPerClip; i++) writer.write(scene.render(i));
  await writer.close();
}

function jpegLike(bytes: number): Uint8Array {
  const body = new Uint8Array(bytes);
  body.set([0xff, 0xd8]);
  return body;
}

/** A frame that says all a frame must say, of a picture that nobody can decode. */
function frameOf(cameraId: string, epoch: number): Frame {
  return {
    cameraId,
    epoch,
    seq: 1,
    kind: 'keepalive',
    capturedAtUs: 1,
    gatedAtUs: 1,
    encodedAtUs: 1,
    publishedAtUs: 1,
    objectiveMs: 500,
    configVersion: 0,
    width: 10,
    height: 10,
    sourceWidth: 10,
    sourceHeight: 10,
    regions: [],
    score: 0,
    work: { decodeMs: 0, gateMs: 0, encodeMs: 0 },
    jpeg: jpegLike(100),
  };
}
