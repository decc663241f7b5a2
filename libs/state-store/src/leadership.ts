import { startTicker } from '@framegate/service-kit';
import type { Lease, StateStore } from './port.ts';

export interface LeadershipOptions {
  readonly store: StateStore;
  readonly name: string;
  /** Unique for each process. */
  readonly holder: string;
  /** How long a leader that was killed still counts as leading, ms. It is asked three times as often. */
  readonly ttlMs: number;
  /** Also when the same holder gets a new term. */
  readonly onLeading: (token: number) => void;
  readonly onStandby: () => void;
  /** The store does not answer. */
  readonly onTrouble: (error: unknown) => void;
}

export interface Leadership {
  /** Fencing token of the current term, null on standby. */
  readonly token: number | null;
  /** Asks at once and not at the next tick. */
  check(): Promise<void>;
  /** Gives the lease back, so that a standby need not wait for its end. */
  close(): Promise<void>;
}

/**
 * Leads or stands by, as the lease says. A leader goes on while the store does not answer: nobody can take over
 * through a store that is away, and where only this leader's way to it is cut, the other one's higher token makes
 * everybody refuse what this one writes.
 */
export function followLeadership(options: LeadershipOptions): Leadership {
  const { store, name, holder, ttlMs } = options;
  let lease: Lease | null = null;

  const acquire = async (): Promise<void> => {
    const wasLeading = lease !== null;
    lease = await store.acquireLease(name, holder, ttlMs);
    if (lease) options.onLeading(lease.token);
    else if (wasLeading) options.onStandby();
  };
  const check = async (): Promise<void> => {
    if (lease && (await store.renewLease(lease, ttlMs))) return;
    await acquire();
  };
  const ticker = startTicker(ttlMs / 3, check, options.onTrouble);

  return {
    get token() {
      return lease?.token ?? null;
    },
    check,
    async close() {
      await ticker.stop();
      const last = lease;
      lease = null;
      // What can't be given back ends by itself.
      if (last) await store.releaseLease(last).catch(options.onTrouble);
    },
  };
}
