import { Condition, PartitionProgress, type TopicPartition } from '@framegate/message-bus';

/** The partitions that a subscription reads at present, with its progress in each. */
export class Assignment {
  readonly changed = new Condition();
  readonly #progress = new Map<string, PartitionProgress>();
  /** Without a group nobody else reads in our place, so progress outlives every membership. */
  readonly #isShared: boolean;
  #memberId: string | undefined;
  #generation = 0;
  #ready = false;
  #skippedBefore = 0;

  constructor(isShared: boolean) {
    this.#isShared = isShared;
  }

  /** False between two assignments, and until the start positions of new partitions are known. */
  get ready(): boolean {
    return this.#ready;
  }

  /** As whom the newest assignment was given. */
  get memberId(): string | undefined {
    return this.#memberId;
  }

  get all(): PartitionProgress[] {
    return [...this.#progress.values()];
  }

  get(topic: string, partition: number): PartitionProgress | undefined {
    return this.#progress.get(keyOf({ topic, partition }));
  }

  /**
   * Takes a new assignment. A member keeps its deliveries in flight where it keeps the partition; a new member cannot
   * know what happened meanwhile, so it starts from what is committed.
   *
   * @returns the partitions whose start positions are needed, and the function that sets them
   */
  replace(
    memberId: string,
    partitions: readonly TopicPartition[],
  ): {
    added: TopicPartition[];
    begin: (starts: readonly (TopicPartition & { offset: bigint })[]) => boolean;
  } {
    const keeps = !this.#isShared || memberId === this.#memberId;
    this.#memberId = memberId;
    this.#ready = false;
    const generation = (this.#generation += 1);
    const keys = new Set(partitions.map(keyOf));
    for (const [key, progress] of this.#progress) if (!keeps || !keys.has(key)) this.#revoke(key, progress);
    const added = partitions.filter((each) => !this.#progress.has(keyOf(each)));
    return { added, begin: (starts) => generation === this.#generation && this.#begin(starts) };
  }

  /** No member any more: nothing that still runs may be committed. */
  suspend(): void {
    this.#generation += 1;
    this.#ready = false;
    if (this.#isShared) for (const [key, progress] of this.#progress) this.#revoke(key, progress);
  }

  /** Offsets that were gone when they were to be read. */
  get skipped(): number {
    return this.all.reduce((sum, { skipped }) => sum + skipped, this.#skippedBefore);
  }

  #begin(starts: readonly (TopicPartition & { offset: bigint })[]): boolean {
    for (const { topic, partition, offset } of starts) {
      this.#progress.set(keyOf({ topic, partition }), new PartitionProgress(topic, partition, offset));
    }
    this.#ready = true;
    this.changed.notify();
    return true;
  }

  #revoke(key: string, progress: PartitionProgress): void {
    this.#skippedBefore += progress.skipped;
    progress.revoke();
    this.#progress.delete(key);
  }
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic} ${partition}`;
}
