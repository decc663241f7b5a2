import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { cloudTopics, framesTopic, siteTopics, topicNames } from '@framegate/contracts';
import { startSecuredBroker, whyNoTestBroker } from '@framegate/kafka-local';
import type { MessageBus } from '@framegate/message-bus';
import type { KafkaBusOptions } from '@framegate/message-bus-kafka';
import { createKafkaBus, KafkaAdministration } from '@framegate/message-bus-kafka';
import { has, need } from '@framegate/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { siteAccess } from '../src/site-access.ts';

const hasBroker = need('a Kafka broker', () => whyNoTestBroker() === undefined, 'install Java 17 and Maven');
const hasOpenssl = need('openssl', () => has.command('openssl', 'version'), 'install openssl');
const host = '127.0.0.1';

const saslOf = (username: string, password: string) =>
  ({ mechanism: 'scram-sha-512', username, password }) as const;

describe.skipIf(!hasBroker || !hasOpenssl)('a site at a broker with TLS, SCRAM and access rules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'framegate-'));
  let broker: Awaited<ReturnType<typeof startSecuredBroker>>;
  const buses: MessageBus[] = [];

  beforeAll(async () => {
    const script = join(import.meta.dirname, '../../../deploy/trial-ca.sh');
    execFileSync('bash', [script, folder, host, 'north', 'south'], { stdio: 'ignore' });
    const keystore = join(folder, 'server.pem');
    execFileSync('openssl', [
      'pkcs8',
      '-topk8',
      '-nocrypt',
      '-in',
      join(folder, 'tls/tls.key'),
      '-out',
      keystore,
    ]);
    appendFileSync(keystore, readFileSync(join(folder, 'tls/tls.crt')));
    broker = await startSecuredBroker({
      keystore,
      users: { north: passwordOf('north'), south: passwordOf('south') },
    });
    const admin = new KafkaAdministration({ brokers: broker.brokers, clientId: 'admin' });
    await admin.arrange([...cloudTopics(1), ...siteTopics('north', 1), ...siteTopics('south', 1)]);
    await admin.allow([...siteAccess('north'), ...siteAccess('south')]);
    await admin.close();
  }, 120_000);
  afterAll(async () => {
    await Promise.all(buses.map((bus) => bus.close({ drainTimeoutMs: 0 })));
    await broker?.stop();
    rmSync(folder, { recursive: true });
  });

  const passwordOf = (user: string): string => readFileSync(join(folder, 'users', user), 'utf8');

  function connect(username: string, change: Partial<KafkaBusOptions> = {}): MessageBus {
    const bus = createKafkaBus({
      brokers: broker.securedBrokers,
      clientId: `motion-detection-${username}`,
      ssl: { ca: [readFileSync(join(folder, 'ca.crt'), 'utf8')] },
      sasl: saslOf(username, passwordOf(username)),
      ...change,
    });
    buses.push(bus);
    return bus;
  }

  async function send(bus: MessageBus, topic: string): Promise<unknown> {
    const producer = await bus.producer();
    return producer.send(topic, { key: 'k', headers: {}, body: new Uint8Array(1), partition: 0 });
  }

  it('writes to its own topics and to no other', async () => {
    const north = connect('north');
    for (const topic of [...siteTopics('north', 1).map(({ name }) => name), topicNames.outcomes])
      await expect(send(north, topic)).resolves.toMatchObject({ partition: 0 });
    await expect(send(north, topicNames.cameraConfig)).rejects.toMatchObject({ code: 'AUTHORIZATION' });
    // What it may not even describe does not exist for it.
    for (const topic of [framesTopic('south'), topicNames.detections])
      await expect(send(north, topic)).rejects.toMatchObject({ code: 'TOPIC_MISSING' });
  }, 60_000);

  it('reads no frames and no detections, not even its own', async () => {
    const warnings: string[] = [];
    const logger = { warn: (fields: object) => warnings.push(inspect(fields)), error() {} };
    const north = connect('north', { logger });
    const received: unknown[] = [];
    const read = (topic: string) =>
      north.subscribe({
        topics: [topic],
        group: null,
        from: 'earliest',
        handler: async (delivery) => void received.push(delivery),
      });
    await expect(read(topicNames.detections)).rejects.toMatchObject({ code: 'TOPIC_MISSING' });
    await send(north, framesTopic('north'));
    await read(framesTopic('north'));
    await expect.poll(() => warnings.join(), { timeout: 20_000 }).toContain('TOPIC_AUTHORIZATION_FAILED');
    expect(received).toEqual([]);
  }, 60_000);

  it('is nobody with a wrong password, and trusts no broker of another authority', async () => {
    await expect(
      send(connect('north', { sasl: saslOf('north', 'wrong') }), framesTopic('north')),
    ).rejects.toMatchObject({
      code: 'AUTHENTICATION',
    });
    const other = mkdtempSync(join(tmpdir(), 'framegate-'));
    const script = join(import.meta.dirname, '../../../deploy/trial-ca.sh');
    execFileSync('bash', [script, other, host, 'north'], { stdio: 'ignore' });
    const otherAuthority = readFileSync(join(other, 'ca.crt'), 'utf8');
    rmSync(other, { recursive: true });
    const bus = connect('north', { ssl: { ca: [otherAuthority] } });
    const reasons: string[] = [];
    bus.onState((_state, reason) => reasons.push(reason));
    await expect
      .poll(() => reasons.join(), { timeout: 20_000 })
      .toMatch(/self.signed|unable to verify|certificate/i);
    expect(bus.state()).toBe('reconnecting');
  }, 60_000);
});
