import { clockRequestEvent, cloudTopics, siteClockTopic, siteTopics } from '@framegate/contracts';
import { InProcessBus } from '@framegate/message-bus';
import { eventually } from '@framegate/test-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerClock, followCloudClock } from '../src/index.ts';

const cloudNowUs = (): number => Math.round(1e15 + performance.now() * 1000);
let bus: InProcessBus;

beforeEach(async () => {
  bus = new InProcessBus();
  await bus.ensureTopics([...cloudTopics(1), ...siteTopics('north', 1), ...siteTopics('south', 1)]);
});
afterEach(() => bus.close());

async function follow(site: string, behindUs: number) {
  const nowUs = (): number => cloudNowUs() - behindUs;
  return followCloudClock(bus, { site, instance: `edge-${site}`, nowUs, producer: await bus.producer() });
}

describe('sites that ask for the time over the bus', () => {
  it('each learn how their own clock differs', async () => {
    const producer = await bus.producer();
    await answerClock(bus, { nowUs: cloudNowUs, producer, isLeading: () => true, onRefused: () => {} });
    const north = await follow('north', 5_000_000);
    const south = await follow('south', -5_000_000);
    await Promise.all([north.ask(), south.ask()]);
    const ofNorth = await eventually(() => north.estimate());
    const ofSouth = await eventually(() => south.estimate());
    expect(Math.abs(ofNorth.offsetUs - 5_000_000)).toBeLessThanOrEqual(ofNorth.errorUs + 1);
    expect(Math.abs(ofSouth.offsetUs + 5_000_000)).toBeLessThanOrEqual(ofSouth.errorUs + 1);
  });

  it('get no answer through the topic of another site', async () => {
    const producer = await bus.producer();
    const refused: string[] = [];
    const onRefused = (topic: string, error: unknown): void =>
      void refused.push(`${topic}: ${String(error)}`);
    await answerClock(bus, { nowUs: cloudNowUs, producer, isLeading: () => true, onRefused });
    const question = clockRequestEvent.encode({ site: 'north', instance: 'edge-north', sentAtUs: 1 });
    await producer.send(siteClockTopic('south'), question);
    await eventually(() => refused.length === 1);
    expect(refused[0]).toContain('site north may not ask through framegate.clock.south');
  });

  it('get one answer, from the controller that leads', async () => {
    const refused: unknown[] = [];
    const answered = [0, 0];
    for (const [index, leads] of [false, true].entries()) {
      const producer = await bus.producer();
      await answerClock(bus, {
        nowUs: () => {
          answered[index]! += 1;
          return cloudNowUs();
        },
        producer,
        isLeading: () => leads,
        onRefused: (_topic, error) => refused.push(error),
      });
    }
    const north = await follow('north', 0);
    await north.ask();
    await eventually(() => north.estimate());
    // Receiving is stamped by both, replying by the leader alone.
    expect(answered).toEqual([1, 2]);
    expect(refused).toEqual([]);
  });
});
