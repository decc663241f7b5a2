import { eventually } from '@framegate/test-kit';
import { describe, expect, it } from 'vitest';
import type { StateStore } from '../src/index.ts';

/** What every store must do. `letPass` moves the clock of a store that has the test's own. */
export function describeStateStore(
  name: string,
  parts: { readonly open: () => StateStore; readonly letPass: (ms: number) => void },
): void {
  let stores = 0;
  const fresh = () => ({ store: parts.open(), key: `${name} ${(stores += 1)}` });
  const ttlMs = 60_000;

  describe(`the state store: ${name}`, () => {
    it('gives a lease to one holder at a time', async () => {
      const { store, key } = fresh();
      const lease = await store.acquireLease(key, 'a', ttlMs);
      expect(lease).toEqual({ name: key, holder: 'a', token: 1 });
      expect(await store.acquireLease(key, 'b', ttlMs)).toBeNull();
      expect(await store.renewLease(lease!, ttlMs)).toBe(true);
    });

    it('gives each lease a higher token, to the same holder too, and ends the one before', async () => {
      const { store, key } = fresh();
      const first = await store.acquireLease(key, 'a b', ttlMs);
      const again = await store.acquireLease(key, 'a b', ttlMs);
      expect(again?.token).toBe(first!.token + 1);
      expect(await store.renewLease(first!, ttlMs)).toBe(false);
      await store.releaseLease(first!);
      expect(await store.acquireLease(key, 'c', ttlMs)).toBeNull();
    });

    it('ends a lease that is not renewed, and renews none that has ended', async () => {
      const { store, key } = fresh();
      const lease = await store.acquireLease(key, 'a', 40);
      parts.letPass(40);
      const next = await eventually(() => store.acquireLease(key, 'b', ttlMs));
      expect(next).toMatchObject({ holder: 'b', token: 2 });
      expect(await store.renewLease(lease!, ttlMs)).toBe(false);
    });

    it('ends a lease that is given back, and only by its own holder', async () => {
      const { store, key } = fresh();
      const lease = await store.acquireLease(key, 'a', ttlMs);
      await store.releaseLease({ ...lease!, holder: 'b', token: lease!.token + 1 });
      expect(await store.renewLease(lease!, ttlMs)).toBe(true);
      await store.releaseLease(lease!);
      expect(await store.acquireLease(key, 'b', ttlMs)).toMatchObject({ token: 2 });
    });

    it('keeps the latest state, and refuses what a deposed leader writes', async () => {
      const { store, key } = fresh();
      expect(await store.read(key)).toBeNull();
      expect(await store.write(key, '{"a":"ü\n"}', 9)).toBe(true);
      expect(await store.write(key, 'late', 8)).toBe(false);
      expect(await store.read(key)).toEqual({ value: '{"a":"ü\n"}', token: 9 });
      expect(await store.write(key, '', 10)).toBe(true);
      expect(await store.read(key)).toEqual({ value: '', token: 10 });
    });

    it('lets only one of many who ask at once have the lease', async () => {
      const { store, key } = fresh();
      const asked = Array.from({ length: 20 }, (_, i) => store.acquireLease(key, `holder ${i}`, ttlMs));
      expect((await Promise.all(asked)).filter((lease) => lease !== null)).toHaveLength(1);
    });
  });
}
