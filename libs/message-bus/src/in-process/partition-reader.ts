import type { FetchedMessage } from '../delivery-window.ts';
import { type LogRange, PartitionProgress } from '../partition-progress.ts';
import type { PartitionLog } from './partition-log.ts';

/** One member's reading of one of its partitions. */
export class PartitionReader {
  readonly log: PartitionLog;
  readonly progress: PartitionProgress;

  constructor(log: PartitionLog, from: number) {
    this.log = log;
    this.progress = new PartitionProgress(log.topic, log.partition, BigInt(from));
  }

  get range(): LogRange {
    return { start: BigInt(this.log.start), end: BigInt(this.log.end) };
  }

  /** Messages that retention removed before they were read. */
  get expired(): number {
    if (this.log.compacted) return 0;
    const removedAhead = Math.max(0, this.log.start - Number(this.progress.next));
    return this.progress.skipped + removedAhead;
  }

  hasNext(): boolean {
    return this.log.end > Math.max(Number(this.progress.next), this.log.start);
  }

  takeNext(): FetchedMessage | undefined {
    const message = this.log.read(Number(this.progress.next));
    if (!message) return undefined;
    const offset = BigInt(message.offset);
    this.progress.start(offset);
    return { ...message, offset, topic: this.log.topic, partition: this.log.partition };
  }
}
