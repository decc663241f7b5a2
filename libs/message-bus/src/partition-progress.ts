import { OffsetWatermark } from './offset-watermark.ts';

/** The offsets that a log holds: `start` is the first one, `end` the next to be written. */
export interface LogRange {
  start: bigint;
  end: bigint;
}

/** How far one subscription has read and settled one of its partitions, for as long as the partition is its own. */
export class PartitionProgress {
  readonly topic: string;
  readonly partition: number;
  readonly #watermark: OffsetWatermark;
  readonly #revoked = new AbortController();
  #next: bigint;
  #skipped = 0n;

  constructor(topic: string, partition: number, from: bigint) {
    this.topic = topic;
    this.partition = partition;
    this.#next = from;
    this.#watermark = new OffsetWatermark(from);
  }

  /** The next offset to hand out. */
  get next(): bigint {
    return this.#next;
  }

  get committable(): bigint {
    return this.#watermark.committable;
  }

  get unsettled(): number {
    return this.#watermark.unsettled;
  }

  /** Offsets that were not there any more when they were to be read. */
  get skipped(): number {
    return Number(this.#skipped);
  }

  get revoked(): AbortSignal {
    return this.#revoked.signal;
  }

  /** Somebody else reads the partition from here on: nothing settles any more. */
  revoke(): void {
    this.#revoked.abort();
  }

  start(offset: bigint): void {
    this.#watermark.start(offset);
    this.#skipped += offset - this.#next;
    this.#next = offset + 1n;
  }

  settle(offset: bigint): void {
    if (!this.revoked.aborted) this.#watermark.settle(offset);
  }

  isSettledUpTo({ start, end }: LogRange): boolean {
    return this.committable >= end || (this.unsettled === 0 && later(this.#next, start) >= end);
  }

  /** Messages not settled yet. Counts offsets, so on a compacted log it is an upper bound. */
  lag({ start, end }: LogRange): number {
    const unread = end - later(this.#next, start);
    return Math.max(0, Number(unread)) + this.unsettled;
  }
}

function later(left: bigint, right: bigint): bigint {
  return left > right ? left : right;
}
