import { describe, expect, it } from 'vitest';
import { DeliveryWindow, type FetchedMessage } from './delivery-window.ts';

const MESSAGE: FetchedMessage = {
  topic: 't',
  partition: 0,
  offset: 0n,
  key: 'k',
  headers: {},
  body: Uint8Array.of(1, 2, 3),
  timestampMs: 0,
};
const NEVER = { initialMs: 1e9, maxMs: 1e9 };
const AT_ONCE = { initialMs: 0, maxMs: 0 };

describe('DeliveryWindow', () => {
  it('gives each attempt a body of its own', async () => {
    const bodies: number[][] = [];
    const window = new DeliveryWindow(
      {
        retryBackoff: AT_ONCE,
        handler: async ({ body, attempt }) => {
          bodies.push([...body]);
          body.fill(0);
          if (attempt < 3) throw new Error('again');
        },
      },
      () => 0,
    );
    expect(await window.deliver(MESSAGE, new AbortController().signal)).toBe(true);
    expect(bodies).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it('gives up waiting for a redelivery when the partition is revoked, and settles nothing', async () => {
    const revoked = new AbortController();
    const window = new DeliveryWindow(
      { retryBackoff: NEVER, handler: () => Promise.reject(new Error('no')) },
      () => 0,
    );
    const delivered = window.deliver(MESSAGE, revoked.signal);
    expect(window.hasRoom()).toBe(false);
    revoked.abort();
    expect(await delivered).toBe(false);
    expect(window.hasRoom()).toBe(true);
  });

  it('settles nothing that was handled after its partition was revoked', async () => {
    const revoked = new AbortController();
    const window = new DeliveryWindow({ handler: async () => revoked.abort() }, () => 0);
    expect(await window.deliver(MESSAGE, revoked.signal)).toBe(false);
  });

  it('ends the waiting for a redelivery in close, but lets a running handler finish', async () => {
    const release = Promise.withResolvers<void>();
    const window = new DeliveryWindow(
      {
        concurrency: 2,
        retryBackoff: NEVER,
        handler: ({ offset }) => (offset === 0n ? Promise.reject(new Error('no')) : release.promise),
      },
      () => 0,
    );
    const signal = new AbortController().signal;
    const failing = window.deliver(MESSAGE, signal);
    const running = window.deliver({ ...MESSAGE, offset: 1n }, signal);
    const closed = window.close(60_000);
    expect(await failing).toBe(false);
    release.resolve();
    expect(await running).toBe(true);
    await closed;
    expect(window.unsettled).toBe(0);
  });

  it('delivers again when onPoison fails', async () => {
    const attempts: number[] = [];
    const poisoned: number[] = [];
    const window = new DeliveryWindow(
      {
        maxAttempts: 2,
        retryBackoff: AT_ONCE,
        handler: ({ attempt }) => {
          attempts.push(attempt);
          return Promise.reject(new Error('bad'));
        },
        onPoison: async ({ attempt, body }) => {
          poisoned.push(attempt);
          expect([...body]).toEqual([1, 2, 3]);
          if (attempt === 2) throw new Error('the quarantine is away');
        },
      },
      () => 0,
    );
    expect(await window.deliver(MESSAGE, new AbortController().signal)).toBe(true);
    expect(attempts).toEqual([1, 2, 3]);
    expect(poisoned).toEqual([2, 3]);
  });
});
