import type { FetchedMessage } from '../delivery-window.ts';
import { OffsetWatermark } from '../offset-watermark.ts';
import type { PartitionLog } from './partition-log.ts';

/** How far one member has read and settled one of its partitions. */
export class PartitionReader {
  readonly log: PartitionLog;
  readonly #watermark: OffsetWatermark;
  readonly #revoked = new AbortController();
  #next: number;
  #expired = 0;

  constructor(log: PartitionLog, from: number) {
    this.log = log;
    this.#next = from;
    this.#watermark = new OffsetWatermark(BigInt(from));
  }

  get revoked(): AbortSignal {
    return this.#revoked.signal;
  }

  get committable(): number {
    return Number(this.#watermark.committable);
  }

  /** Messages that retention removed before they were read. */
  get expired(): number {
    return this.#expired + this.#removedAhead();
  }

  get lag(): number {
    return Math.max(0, this.log.end - Math.max(this.#next, this.log.start)) + this.#watermark.unsettled;
  }

  revoke(): void {
    this.#revoked.abort();
  }

  hasNext(): boolean {
    return this.log.end > Math.max(this.#next, this.log.start);
  }

  takeNext(): FetchedMessage | undefined {
    const message = this.log.read(this.#next);
    if (!message) return undefined;
    this.#expired += this.#removedAhead();
    this.#next = message.offset + 1;
    const offset = BigInt(message.offset);
    this.#watermark.start(offset);
    return { ...message, offset, topic: this.log.topic, partition: this.log.partition };
  }

  settle(offset: bigint): void {
    this.#watermark.settle(offset);
  }

  /** Whether everything below an offset is settled or gone. */
  isSettledUpTo(end: number): boolean {
    return (
      this.committable >= end ||
      (this.#watermark.unsettled === 0 && Math.max(this.#next, this.log.start) >= end)
    );
  }

  #removedAhead(): number {
    return this.log.compacted ? 0 : Math.max(0, this.log.start - this.#next);
  }
}
