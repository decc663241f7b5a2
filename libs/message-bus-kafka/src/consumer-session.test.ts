import { describe, expect, it } from 'vitest';
import { ConsumerSession } from './consumer-session.ts';
import { createKafkaClient, RETRY } from './kafka-client.ts';
import { withDefaults } from './options.ts';

describe('ConsumerSession', () => {
  it('can be paused, sought in and left when its consumer is not running, and then asks to be replaced', async () => {
    const settings = withDefaults({ brokers: ['127.0.0.1:1'], clientId: 'c' });
    const session = new ConsumerSession(
      createKafkaClient(settings, RETRY),
      settings,
      { groupId: 'group', formerId: undefined },
      ['topic'],
    );
    session.pause();
    session.seek({ topic: 'topic', partition: 0 }, 5n);
    await expect(session.crashed).rejects.toThrow('Consumer group was not initialized');
    await session.close();
  });
});
