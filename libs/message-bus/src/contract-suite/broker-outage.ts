import { expect, it } from 'vitest';
import { PATIENT, codeOf, message, range, textOf } from './fixtures.ts';
import type { ContractHarness } from './harness.ts';

export function describeBrokerOutage(contract: ContractHarness): void {
  it('loses no acknowledged message and doubles none while the broker is away and back', async () => {
    const topic = await contract.topic({ partitions: 2 });
    const producer = await contract.bus.producer();
    const { subscription, texts } = await contract.collect({ topics: [topic], concurrency: 4 });
    const states: string[] = [];
    contract.bus.onState((state) => {
      if (states.at(-1) !== state) states.push(state);
    });
    const sending = contract.sendSteadily(producer, topic, { partitions: 2 });
    await expect.poll(() => texts().length, PATIENT).toBeGreaterThan(10);
    await contract.setAvailable(false);
    await expect.poll(() => contract.bus.state(), PATIENT).toBe('reconnecting');
    await expect.poll(() => producer.queued(), PATIENT).toBeGreaterThan(5);
    await contract.setAvailable(true);
    await expect.poll(() => contract.bus.state(), PATIENT).toBe('connected');
    const sent = await sending.stop();
    await subscription.caughtUp();
    expect(new Set(texts())).toEqual(new Set(sent));
    const log = await contract.collect({ topics: [topic], group: null });
    await log.subscription.caughtUp();
    for (const partition of range(2)) {
      const stored = log.received.filter((delivery) => delivery.partition === partition);
      expect(stored.map(({ body }) => textOf({ body }))).toEqual(
        sent.filter((text) => Number(text) % 2 === partition),
      );
    }
    expect(states).toEqual(['reconnecting', 'connected']);
  });

  it('drops the oldest waiting message of a full lane and rejects its promise', async () => {
    const topic = await contract.topic();
    const producer = await contract.bus.producer({ maxQueuedMessages: 2 });
    await producer.send(topic, message('warm-up'));
    await contract.setAvailable(false);
    const outcomes = range(5).map((seq) =>
      producer.send(topic, message(`${seq}`)).then(() => 'stored', codeOf),
    );
    await expect(outcomes[1]).resolves.toBe('LANE_OVERFLOW');
    expect(producer.queued()).toBe(3);
    await contract.setAvailable(true);
    expect(await Promise.all(outcomes)).toEqual([
      'stored',
      'LANE_OVERFLOW',
      'LANE_OVERFLOW',
      'stored',
      'stored',
    ]);
    const { subscription, texts } = await contract.collect({ topics: [topic] });
    await subscription.caughtUp();
    expect(texts()).toEqual(['warm-up', '0', '3', '4']);
  });

  it('flushes what was accepted, and rejects what comes after close', async () => {
    const topic = await contract.topic();
    const producer = await contract.bus.producer();
    const stored: number[] = [];
    for (const seq of range(5)) void producer.send(topic, message(`${seq}`)).then(() => stored.push(seq));
    expect(producer.queued()).toBe(5);
    await producer.flush();
    expect(stored).toEqual(range(5));
    expect(producer.queued()).toBe(0);
    await producer.close();
    await expect(producer.send(topic, message('late'))).rejects.toMatchObject({ code: 'CLOSED' });
    await contract.bus.close();
    await expect(contract.bus.producer()).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(contract.bus.topics()).rejects.toMatchObject({ code: 'CLOSED' });
  });
}
