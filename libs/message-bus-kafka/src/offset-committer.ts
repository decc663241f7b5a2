import type { PartitionProgress, TopicPartition } from '@framegate/message-bus';

type Commit = (offsets: readonly (TopicPartition & { offset: bigint })[]) => Promise<void>;

/** Commits what has settled, at intervals and one request at a time. */
export class OffsetCommitter {
  readonly #commit: Commit;
  readonly #intervalMs: number;
  readonly #dirty = new Set<PartitionProgress>();
  #timer: NodeJS.Timeout | undefined;
  #committing: Promise<void> = Promise.resolve();

  constructor(commit: Commit, intervalMs: number) {
    this.#commit = commit;
    this.#intervalMs = intervalMs;
  }

  /** Something has settled. */
  note(progress: PartitionProgress): void {
    this.#dirty.add(progress);
    this.#timer ??= setTimeout(() => void this.flush(), this.#intervalMs);
  }

  /** Commits all that has settled so far. Never rejects: what could not be committed stays to be committed. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#committing = this.#committing.then(() => this.#commitDirty());
    return this.#committing;
  }

  /** Forgets what could not be committed. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#dirty.clear();
  }

  async #commitDirty(): Promise<void> {
    const noted = [...this.#dirty].filter(({ revoked }) => !revoked.aborted);
    this.#dirty.clear();
    if (noted.length === 0) return;
    try {
      await this.#commit(
        noted.map(({ topic, partition, committable }) => ({ topic, partition, offset: committable })),
      );
    } catch {
      for (const progress of noted) if (!progress.revoked.aborted) this.note(progress);
    }
  }
}
