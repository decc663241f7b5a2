import type { Lease, Saved, StateStore } from './port.ts';

interface Held {
  readonly lease: Lease;
  readonly endsAtMs: number;
}

/** The store of services that share one process; gone with it. */
export function createInProcessStore(nowMs: () => number): StateStore {
  const tokens = new Map<string, number>();
  const held = new Map<string, Held>();
  const saved = new Map<string, Saved>();

  const current = (name: string): Lease | undefined => {
    const found = held.get(name);
    return found && nowMs() < found.endsAtMs ? found.lease : undefined;
  };

  return {
    async acquireLease(name, holder, ttlMs) {
      const other = current(name);
      if (other && other.holder !== holder) return null;
      const token = (tokens.get(name) ?? 0) + 1;
      tokens.set(name, token);
      const lease = { name, holder, token };
      held.set(name, { lease, endsAtMs: nowMs() + ttlMs });
      return lease;
    },
    async renewLease(lease, ttlMs) {
      if (current(lease.name)?.token !== lease.token) return false;
      held.set(lease.name, { lease, endsAtMs: nowMs() + ttlMs });
      return true;
    },
    async releaseLease({ name, token }) {
      if (current(name)?.token === token) held.delete(name);
    },
    async read(key) {
      return saved.get(key) ?? null;
    },
    async write(key, value, token) {
      if ((saved.get(key)?.token ?? 0) > token) return false;
      saved.set(key, { value, token });
      return true;
    },
    async close() {},
  };
}
