import { startTestBroker, type TestBroker, whyNoTestBroker } from '@framegate/kafka-local';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createKafkaBus } from '../src/bus.ts';
import { ConsumerSession } from '../src/consumer-session.ts';
import { createKafkaClient, RETRY } from '../src/kafka-client.ts';
import { withDefaults } from '../src/options.ts';

const missing = whyNoTestBroker();
if (missing !== undefined) console.info(missing);

describe.skipIf(missing !== undefined)('a member of a group', { timeout: 60_000 }, () => {
  let broker: TestBroker;
  const sessions: ConsumerSession[] = [];

  beforeAll(async () => {
    broker = await startTestBroker();
    const bus = createKafkaBus({ brokers: broker.brokers, clientId: 'c' });
    await bus.ensureTopics([{ name: 'frames', partitions: 3 }]);
    await bus.close();
  }, 60_000);
  afterAll(async () => {
    await Promise.all(sessions.map((session) => session.close()));
    await broker?.stop();
  });

  /** @returns its id and how many partitions it was given first */
  async function join(formerId: string | undefined): Promise<{ memberId: string; partitions: number }> {
    // A session far longer than the test: whoever waits for its end, waits for ever.
    const settings = withDefaults({ brokers: broker.brokers, clientId: 'c', sessionTimeoutMs: 300_000 });
    const member = { groupId: 'g', formerId };
    const session = new ConsumerSession(createKafkaClient(settings, RETRY), settings, member, ['frames']);
    sessions.push(session);
    return new Promise((resolve, reject) => {
      session.crashed.catch(reject);
      session
        .start({
          onAssigned: (memberId, partitions) => resolve({ memberId, partitions: partitions.length }),
          onRebalancing() {},
          onBatch: async () => {},
        })
        .catch(reject);
    });
  }

  it('takes its membership back after it ended without leaving, instead of waiting for its own time-out', async () => {
    // A coordinator that has just started refuses while it loads its groups; GroupReader asks it again.
    const before = await vi.waitFor(() => join(undefined), { timeout: 30_000, interval: 200 });
    expect(before.partitions).toBe(3);
    expect(await join(before.memberId)).toEqual(before);
  });

  it('joins as somebody else when the group has forgotten it', async () => {
    const joined = await join('c-nobody');
    expect(joined.memberId).not.toBe('c-nobody');
  });
});
