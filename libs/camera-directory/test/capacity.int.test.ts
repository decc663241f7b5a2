import type { InferenceConfig } from '@framegate/contracts';
import { cloudTopics, inferenceConfigEvent, topicNames } from '@framegate/contracts';
import { InProcessBus } from '@framegate/message-bus';
import { eventually } from '@framegate/test-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followCapacity } from '../src/index.ts';

let bus: InProcessBus;
let told: InferenceConfig[];
let refused: string[];

beforeEach(async () => {
  bus = new InProcessBus();
  [told, refused] = [[], []];
  await bus.ensureTopics(cloudTopics(1));
});
afterEach(() => bus.close());

const follow = () =>
  followCapacity(bus, {
    onChange: (config) => void told.push(config),
    onRefused: (topic) => void refused.push(topic),
  });

async function give(token: number, version: number, workers: number): Promise<void> {
  const producer = await bus.producer();
  const models = { nano: { batch: 2, workers } };
  const event = inferenceConfigEvent.encode({ token, version, models, reason: 'test' });
  await producer.send(topicNames.inferenceConfig, event);
}

describe('what the inference may use', () => {
  it('is known before the first frame, and nothing for a model that is not named', async () => {
    await give(1, 1, 3);
    const capacity = await follow();
    expect(capacity.of('nano')).toEqual({ batch: 2, workers: 3 });
    expect(capacity.of('toString')).toBeUndefined();
  });

  it('changes when the controller says so, and a deposed one is not heard', async () => {
    const capacity = await follow();
    await give(2, 1, 4);
    await give(1, 9, 8);
    await give(2, 2, 1);
    await eventually(() => told.length === 2);
    expect(told.map(({ token, version }) => [token, version])).toEqual([
      [2, 1],
      [2, 2],
    ]);
    expect(capacity.of('nano')?.workers).toBe(1);
  });

  it('stays as it is when a message is none', async () => {
    const capacity = await follow();
    await give(1, 1, 3);
    const producer = await bus.producer();
    const bad = inferenceConfigEvent.encode({ token: 1, version: 2, models: {}, reason: '' });
    const body = new TextEncoder().encode(
      '{"token":1,"version":2,"models":{"nano":{"batch":0,"workers":-1}},"reason":""}',
    );
    await producer.send(topicNames.inferenceConfig, { ...bad, body });
    await eventually(() => refused.length === 1);
    expect(capacity.of('nano')).toEqual({ batch: 2, workers: 3 });
  });
});
