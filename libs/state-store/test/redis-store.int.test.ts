import type { TestRedis } from '@framegate/test-kit';
import { eventually, has, need, startTestRedis } from '@framegate/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRedisStore, type StateStore } from '../src/index.ts';
import { describeStateStore } from './contract-fixture.ts';

const ready = need('Redis', () => has.command('redis-server', '--version'), 'apt-get install redis-server');

describe.runIf(ready)('with a real Redis', () => {
  let redis: TestRedis;
  let store: StateStore;
  const stores: StateStore[] = [];
  const open = (): StateStore => {
    const opened = openRedisStore({ url: redis.socket, onError: () => {} });
    stores.push(opened);
    return opened;
  };

  beforeAll(async () => {
    redis = await startTestRedis();
    store = open();
  });
  afterAll(async () => {
    await Promise.all(stores.map((opened) => opened.close()));
    await redis.stop();
  });

  describeStateStore('Redis', { open: () => store, letPass: () => {} });

  it('two clients agree on who leads', async () => {
    const other = open();
    const lease = await store.acquireLease('two clients', 'a', 60_000);
    expect(lease).not.toBeNull();
    expect(await other.acquireLease('two clients', 'b', 60_000)).toBeNull();
  });

  it('fails while Redis is away instead of waiting, and works again when it is back', async () => {
    await redis.kill();
    await expect(store.read('anything')).rejects.toThrow('did not answer');
    await redis.restart();
    await eventually(() => store.write('anything', 'back', 1));
    expect(await store.read('anything')).toEqual({ value: 'back', token: 1 });
  });
});
