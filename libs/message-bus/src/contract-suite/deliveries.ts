import { expect, it } from 'vitest';
import { PATIENT, range, sendAll, textOf } from './fixtures.ts';
import type { ContractHarness } from './harness.ts';

export function describeDeliveries(contract: ContractHarness): void {
  it('delivers a rejected message again, before anything after it', async () => {
    const topic = await contract.topic();
    await sendAll(await contract.bus.producer(), topic, ['a', 'b', 'c']);
    const attempts: string[] = [];
    const { subscription } = await contract.collect({ topics: [topic] }, async ({ attempt, body }) => {
      attempts.push(`${textOf({ body })}${attempt}`);
      if (textOf({ body }) === 'b' && attempt < 3) throw new Error('not yet');
    });
    await subscription.caughtUp();
    expect(attempts).toEqual(['a1', 'b1', 'b2', 'b3', 'c1']);
  });

  it('hands a message to onPoison after maxAttempts rejections, with its body, and goes on', async () => {
    const topic = await contract.topic();
    await sendAll(await contract.bus.producer(), topic, ['bad', 'good']);
    const poison: { text: string; attempt: number; error: unknown }[] = [];
    const failure = new Error('unreadable');
    const { subscription, texts } = await contract.collect(
      {
        topics: [topic],
        maxAttempts: 2,
        onPoison: async ({ attempt, body }, error) => {
          poison.push({ text: textOf({ body }), attempt, error });
        },
      },
      async ({ body }) => {
        if (textOf({ body }).startsWith('bad')) throw failure;
      },
    );
    await subscription.caughtUp();
    expect(texts()).toEqual(['bad', 'bad', 'good']);
    expect(poison).toEqual([{ text: 'bad', attempt: 2, error: failure }]);
    expect(await subscription.lag()).toBe(0);
  });

  it('hands out no more than "concurrency" unsettled messages', async () => {
    const topic = await contract.topic({ partitions: 2 });
    await sendAll(await contract.bus.producer(), topic, range(40).map(String));
    const release = Promise.withResolvers<void>();
    let running = 0;
    let peak = 0;
    const { subscription, received } = await contract.collect(
      { topics: [topic], concurrency: 5 },
      async () => {
        running += 1;
        peak = Math.max(peak, running);
        await release.promise;
        running -= 1;
      },
    );
    await expect.poll(() => subscription.unsettled(), PATIENT).toBe(5);
    expect(received).toHaveLength(5);
    expect(await subscription.lag()).toBe(40);
    release.resolve();
    await subscription.caughtUp();
    expect(received).toHaveLength(40);
    expect(peak).toBe(5);
    expect(await subscription.lag()).toBe(0);
  });

  it('waits in close for the running handlers and commits what they settle', async () => {
    const topic = await contract.topic();
    await sendAll(await contract.bus.producer(), topic, ['a', 'b']);
    const release = Promise.withResolvers<void>();
    const { subscription, received } = await contract.collect({ topics: [topic] }, () => release.promise);
    await expect.poll(() => received.length, PATIENT).toBe(1);
    const closed = subscription.close();
    release.resolve();
    await closed;
    const after = await contract.collect({ topics: [topic] });
    await after.subscription.caughtUp();
    expect(after.texts()).toEqual(['b']);
  });
}
