import { redactUrl } from '@framegate/service-kit';
import { Redis } from 'ioredis';
import { z } from 'zod';
import type { StateStore } from './port.ts';
import { StoreUnavailableError } from './port.ts';
import { scripts } from './redis-scripts.ts';

export interface RedisStoreOptions {
  /** `redis://…`, `rediss://…`, or the path of a socket. */
  readonly url: string;
  /** Keys of one installation; others may use the same Redis. */
  readonly prefix?: string;
  /** After which a call fails while Redis does not answer, ms. */
  readonly timeoutMs?: number;
  /** Told of each broken connection; ioredis connects again by itself. */
  readonly onError: (error: Error) => void;
}

const whole = z.coerce.number().int().nonnegative();

/**
 * The store of services on several machines. Each decision is one script, so that nothing comes between look and
 * write. Calls fail within `timeoutMs` while Redis is away,
 * and work again when it is back.
 */
export function openRedisStore({
  url,
  prefix = 'framegate',
  timeoutMs = 1000,
  onError,
}: RedisStoreOptions): StateStore {
  const redis = new Redis(url, {
    // A call that waits for Redis to come back would be about a moment that has passed.
    enableOfflineQueue: true,
    maxRetriesPerRequest: 0,
    commandTimeout: timeoutMs,
    connectTimeout: timeoutMs,
    retryStrategy: (attempt) => Math.min(100 * attempt, timeoutMs),
  });
  redis.on('error', onError);
  // In braces, so that a cluster keeps what belongs together in one slot.
  const leaseKey = (name: string): string => `${prefix}:lease:{${name}}`;
  const tokenKey = (name: string): string => `${prefix}:token:{${name}}`;
  const stateKey = (key: string): string => `${prefix}:state:{${key}}`;
  const answered = <T>(call: Promise<T>): Promise<T> =>
    call.catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new StoreUnavailableError(`Redis at ${redactUrl(url)} did not answer: ${reason}`, {
        cause: error,
      });
    });
  const run = (script: string, keys: readonly string[], ...args: (string | number)[]): Promise<unknown> =>
    answered(redis.eval(script, keys.length, ...keys, ...args));

  return {
    async acquireLease(name, holder, ttlMs) {
      const reply = await run(scripts.acquire, [leaseKey(name), tokenKey(name)], holder, ttlMs);
      const token = whole.parse(reply);
      return token === 0 ? null : { name, holder, token };
    },
    async renewLease({ name, holder, token }, ttlMs) {
      return (await run(scripts.renew, [leaseKey(name)], `${token} ${holder}`, ttlMs)) === 1;
    },
    async releaseLease({ name, holder, token }) {
      await run(scripts.release, [leaseKey(name)], `${token} ${holder}`);
    },
    async read(key) {
      const [value, token] = await answered(redis.hmget(stateKey(key), 'value', 'token'));
      return typeof value === 'string' ? { value, token: whole.parse(token) } : null;
    },
    async write(key, value, token) {
      return (await run(scripts.write, [stateKey(key)], value, token)) === 1;
    },
    async close() {
      redis.disconnect();
    },
  };
}
