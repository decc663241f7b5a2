import type { SpoolFiles } from './spool-files.ts';

/**
 * When what was appended is forced to the disk. It decides only what a power cut takes: a process that dies takes
 * nothing of what was appended, because the kernel has it. `never`: what the kernel has not written by itself (Linux:
 * up to 30 s). `always`: nothing, at the price of a flush for each group of records. A number: at most the records of
 * that many last milliseconds.
 */
export type SyncPolicy = 'never' | 'always' | { readonly everyMs: number };

export interface SpoolOptions {
  readonly folder: string;
  /** Of all files together. */
  readonly maxBytes: number;
  /**
   * What happens at `maxBytes` and on a full disk. `dropOldest` (default): the oldest segment goes, with all its records.
   * `refuse`: what is there stays, and `append` rejects.
   */
  readonly whenFull?: 'dropOldest' | 'refuse';
  /** Older records go, one by one. */
  readonly maxAgeMs: number;
  readonly sync: SyncPolicy;
  /** Milliseconds since the Unix epoch. */
  readonly nowMs: () => number;
  readonly observer: SpoolObserver;
  /** Of one file. Default: an eighth of `maxBytes`, 16 MiB at most. */
  readonly segmentBytes?: number;
  /** What may wait for a slow disk, in memory. Default 32 MiB. */
  readonly maxWaitingBytes?: number;
  /** Default: the folder on the disk. */
  readonly files?: SpoolFiles;
}

export interface SpoolRecordHead {
  readonly index: number;
  /** When it was appended, ms since the Unix epoch. */
  readonly atMs: number;
  readonly meta: Buffer;
}

export interface SpoolRecord extends SpoolRecordHead {
  readonly body: Buffer;
}

/** `full`: it made room for newer ones; `aged`: it was too old; `damaged`: its body is not what was written. */
export type DropReason = 'full' | 'aged' | 'damaged';

/** Told of what becomes of records without the caller's doing. */
export interface SpoolObserver {
  /** While opening: a record that an earlier process left, oldest first. */
  onFound(record: SpoolRecordHead): void;
  /** A record is gone that is in nobody's hands. */
  onDropped(record: SpoolRecordHead, why: DropReason): void;
  /** Records that must have been there and of which nothing can be read. */
  onMissing(records: number): void;
  /** A file that can't be read was moved to `aside/`. */
  onSetAside(name: string, why: string): void;
  /** Something failed in the background that will be tried again. */
  onTrouble(error: unknown): void;
}

export interface SpoolState {
  readonly records: number;
  /** On the disk, those of released records in unfinished files included. */
  readonly bytes: number;
  readonly oldestAtMs: number | undefined;
}

/**
 * Store and forward on disk: a queue of records that outlives its process. A record is a body with a small meta that says
 * what it is; both are kept as they are.
 */
export interface Spool {
  /** Resolves with its index when the record is written. Meta and body must not change until then. @throws SpoolError */
  append(meta: Uint8Array, body: Uint8Array): Promise<number>;
  /**
   * The oldest records, at most that many (default 1); the same until they are released. Those that made room for newer
   * ones meanwhile are told as dropped now: whoever asks again has given them no fate.
   */
  peek(max?: number): Promise<SpoolRecord[]>;
  /** The records up to this one, which were peeked at, are done with. After a crash the last of them may come again. */
  release(through: number): Promise<void>;
  /** Drops what has become too old; `append` and `peek` do so, too. */
  trim(): Promise<void>;
  state(): SpoolState;
  /** Writes what waits, and the cursor. */
  close(): Promise<void>;
}
