import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { framesTopic, siteTopics, topicNames } from '@framegate/contracts';
import { startTestBroker, type TestBroker, whyNoTestBroker } from '@framegate/kafka-local';
import type { MessageBus } from '@framegate/message-bus';
import { createKafkaBus } from '@framegate/message-bus-kafka';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const missing = whyNoTestBroker();
if (missing !== undefined) console.info(missing);
const main = join(import.meta.dirname, '../src/main.ts');

async function topics(env: Record<string, string>) {
  const child = spawn(process.execPath, [main], { env: { PATH: process.env['PATH'] ?? '', ...env } });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [exitCode]: unknown[] = await once(child, 'close');
  return { exitCode, output };
}

describe.skipIf(missing !== undefined)('the program that arranges topics', () => {
  let broker: TestBroker;
  let bus: MessageBus;
  const run = (env: Record<string, string> = {}) =>
    topics({
      KAFKA_BROKERS: broker.brokers.join(','),
      FRAMEGATE_SITES: 'north',
      FRAMEGATE_PARTITIONS: '4',
      ...env,
    });

  beforeAll(async () => {
    broker = await startTestBroker();
    bus = createKafkaBus({ brokers: broker.brokers, clientId: 'topics-test' });
  });
  afterAll(async () => {
    await bus?.close();
    await broker?.stop();
  });

  it('complains before, widens what is too narrow, and has nothing to do the second time', async () => {
    const before = await run({ FRAMEGATE_CHECK: 'true' });
    expect(before.exitCode).toBe(1);
    expect(before.output).toContain(`topic ${topicNames.detections} is missing`);

    await bus.ensureTopics([{ name: framesTopic('north'), partitions: 2, maxMessageBytes: 1_000_000 }]);
    await expect(bus.ensureTopics(siteTopics('north', 4))).rejects.toMatchObject({
      code: 'TOPIC_UNFIT',
      message: expect.stringMatching(
        /has 2 partitions, 4 are needed.*takes messages of 1000000 bytes, 4194304/,
      ),
    });

    const first = await run();
    expect(first).toMatchObject({ exitCode: 0 });
    expect(first.output).toContain(`${framesTopic('north')}: 2 partitions become 4`);
    expect(first.output).toContain(`${framesTopic('north')}: max.message.bytes 1000000 becomes 4194304`);
    await bus.ensureTopics(siteTopics('north', 4));

    const second = await run();
    expect(second.output).not.toContain('become');
    expect(second.output).not.toContain('created');
    expect(await run({ FRAMEGATE_CHECK: 'true' })).toMatchObject({ exitCode: 0 });
  });

  it('names a service that is not ready', async () => {
    const { exitCode, output } = await run({
      FRAMEGATE_CHECK: 'true',
      FRAMEGATE_READY_URLS: 'http://127.0.0.1:9/readyz',
    });
    expect(exitCode).toBe(1);
    expect(output).toContain('http://127.0.0.1:9/readyz does not answer');
  });

  it('says so in one line when no broker answers', async () => {
    const { exitCode, output } = await run({ KAFKA_BROKERS: '127.0.0.1:9', FRAMEGATE_TIMEOUT_MS: '1000' });
    expect(exitCode).toBe(1);
    expect(output).toContain('the brokers did not answer in time');
  });
});
