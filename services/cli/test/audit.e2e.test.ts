import { tmpdir } from 'node:os';
import {
  cloudTopics,
  edgeFatesEvent,
  encodeFrame,
  framesTopic,
  outcomeEvent,
  siteTopics,
  topicNames,
} from '@framegate/contracts';
import type { TestBroker } from '@framegate/kafka-local';
import { startTestBroker, whyNoTestBroker } from '@framegate/kafka-local';
import type { MessageBus } from '@framegate/message-bus';
import { createKafkaBus } from '@framegate/message-bus-kafka';
import { need } from '@framegate/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { framegate } from './framegate.ts';

const hasBroker = need('a Kafka broker', () => whyNoTestBroker() === undefined, 'install Java 17 and Maven');
const id = { cameraId: 'north/door', epoch: 1, seq: 1 };
const live = { ...id, kind: 'live', capturedAtUs: 1, objectiveMs: 500 } as const;

describe.skipIf(!hasBroker)('framegate audit on a real broker', () => {
  let broker: TestBroker;
  let bus: MessageBus;
  beforeAll(async () => {
    broker = await startTestBroker();
    bus = createKafkaBus({ brokers: broker.brokers, clientId: 'test' });
  });
  afterAll(async () => {
    await bus.close();
    await broker.stop();
  });

  const audit = async (...args: string[]) =>
    framegate(tmpdir(), 'audit', '--brokers', broker.brokers.join(','), ...args);

  it('says so where no Framegate has run, then finds the lost frame, then none', async () => {
    const before = await audit();
    expect(before.exitCode).toBe(1);
    expect(before.stderr).toContain('has no topic framegate.outcomes');

    await bus.ensureTopics([...cloudTopics(1), ...siteTopics('north', 1)]);
    const producer = await bus.producer();
    const fates = {
      ...id,
      record: 1,
      runs: [[1, 1, 'published']] as [[1, 1, 'published']],
      final: true,
      atUs: 1,
    };
    await producer.send(topicNames.outcomes, edgeFatesEvent.encode(fates));
    await producer.send(framesTopic('north'), frameMessage());
    const lost = await audit();
    expect(lost.exitCode).toBe(1);
    expect(lost.stdout).toContain('north/door/1/1 is on its topic and has no outcome');
    expect((await audit('--running')).exitCode).toBe(0);

    const outcome = { ...live, outcome: 'superseded', atUs: 2 } as const;
    await producer.send(topicNames.outcomes, outcomeEvent.encode(outcome));
    const { exitCode, stdout, stderr } = await audit('--json');
    expect(exitCode, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      edge: { captured: 1, published: 1 },
      cloud: { received: 1, superseded: 1 },
      lost: 0,
      complaints: [],
    });
  });
});

function frameMessage() {
  return encodeFrame({
    ...live,
    gatedAtUs: 1,
    encodedAtUs: 1,
    publishedAtUs: 1,
    configVersion: 0,
    width: 16,
    height: 16,
    sourceWidth: 16,
    sourceHeight: 16,
    regions: [],
    score: 1,
    work: { decodeMs: 0, gateMs: 0, encodeMs: 0 },
    jpeg: new Uint8Array([0xff, 0xd8]),
  });
}
