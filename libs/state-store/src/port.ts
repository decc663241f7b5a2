/**
 * What several replicas of a service must agree on: who of them leads, and the latest state of whoever led.
 *
 * A lease ends by itself. Its holder can't know that in time (a process may sleep through it), so each lease has a
 * fencing token that is higher than that of every lease of its name before, and whatever the holder writes carries
 * it: the receiver refuses a lower one (Kleppmann, "How to do distributed locking", 2016).
 */
export interface StateStore {
  /**
   * Null while another holder's lease lasts. A holder that asks again gets a new lease with a higher token.
   * @param holder unique for each process: a restarted one is another holder
   */
  acquireLease(name: string, holder: string, ttlMs: number): Promise<Lease | null>;
  /** False when the lease has ended, even if nobody has taken it since. */
  renewLease(lease: Lease, ttlMs: number): Promise<boolean>;
  /** Ends the lease at once, unless it has ended. */
  releaseLease(lease: Lease): Promise<void>;
  read(key: string): Promise<Saved | null>;
  /** False, and nothing is written, when the key was written with a higher token before. */
  write(key: string, value: string, token: number): Promise<boolean>;
  close(): Promise<void>;
}

export interface Lease {
  readonly name: string;
  readonly holder: string;
  readonly token: number;
}

export interface Saved {
  readonly value: string;
  /** Of the lease under which it was written. */
  readonly token: number;
}

/** The store did not answer; a later call may well succeed. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}
